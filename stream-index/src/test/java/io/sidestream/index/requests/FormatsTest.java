package io.sidestream.index.requests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.pairs.RecentItems;
import io.sidestream.schemas.pairs.WindowLimits;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

/** What the topology keeps in its store and on its internal topic, there and back. */
class FormatsTest {
  @Test
  void history_largest_comesBack() {
    RecentItems history =
        new RecentItems(
            IntStream.range(0, WindowLimits.MAX_ITEMS)
                .mapToObj(
                    number ->
                        new RecentItems.ItemInteraction(
                            new ItemId("фильм \uD83C\uDFAC " + number), -number))
                .toList());
    Serde<RecentItems> serde = HistoryFormat.serde();
    byte[] bytes = serde.serializer().serialize("t", history);
    assertEquals(history, serde.deserializer().deserialize("t", bytes));
  }

  @Test
  void history_otherVersion_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> HistoryFormat.serde().deserializer().deserialize("t", new byte[] {2, 0, 0}));
  }

  @Test
  void interaction_any_comesBack() {
    Optional<RecentItems.ItemInteraction> interaction =
        Optional.of(new RecentItems.ItemInteraction(new ItemId("фильм \uD83C\uDFAC"), -7));
    Serde<Optional<RecentItems.ItemInteraction>> serde = HistoryFormat.interactionSerde();
    byte[] bytes = serde.serializer().serialize("t", interaction);
    assertEquals(interaction, serde.deserializer().deserialize("t", bytes));
    byte[] erasure = serde.serializer().serialize("t", Optional.empty());
    assertEquals(Optional.empty(), serde.deserializer().deserialize("t", erasure));
    bytes[0]++;
    assertThrows(
        IllegalArgumentException.class, () -> serde.deserializer().deserialize("t", bytes));
  }

  @Test
  void keyedRequest_withAndWithoutKey_comesBack() {
    for (Optional<byte[]> key :
        List.of(
            Optional.<byte[]>empty(), Optional.of(new byte[0]), Optional.of(new byte[] {7, 8}))) {
      Serde<KeyedRequest> serde = KeyedRequest.serde();
      byte[] bytes = serde.serializer().serialize("t", new KeyedRequest(key, new byte[] {1, 2}));
      KeyedRequest read = serde.deserializer().deserialize("t", bytes);
      assertEquals(key.isPresent(), read.key().isPresent());
      key.ifPresent(expected -> assertArrayEquals(expected, read.key().orElseThrow()));
      assertArrayEquals(new byte[] {1, 2}, read.request());
      assertTrue(bytes.length >= 2);
    }
  }
}
