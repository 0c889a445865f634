package io.sidestream.index.requests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.pairs.CountedInteraction;
import io.sidestream.schemas.pairs.EventFingerprint;
import io.sidestream.schemas.pairs.RecentEvents;
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
    UserHistory history =
        new UserHistory(
            recent(WindowLimits.MAX_ITEMS),
            items(UserHistory.MAX_DISLIKED),
            events(RecentEvents.MAX_EVENTS));
    Serde<UserHistory> serde = HistoryFormat.serde();
    byte[] bytes = serde.serializer().serialize("t", history);
    assertEquals(history, serde.deserializer().deserialize("t", bytes));
  }

  /** An index of the version before reads it, and its bytes are what they were. */
  @Test
  void history_withoutDislikes_isOfTheFirstVersion() {
    byte[] bytes =
        HistoryFormat.serde()
            .serializer()
            .serialize("t", new UserHistory(recent(1), List.of(), RecentEvents.NONE));
    assertEquals(1, bytes[0]);
    assertEquals(
        1 + Short.BYTES + Short.BYTES + "фильм 0".getBytes(UTF_8).length + Long.BYTES,
        bytes.length);
  }

  @Test
  void with_dislikesBeyondTheLimit_forgetsTheFirst() {
    UserHistory history =
        new UserHistory(RecentItems.NONE, items(UserHistory.MAX_DISLIKED), RecentEvents.NONE);
    ItemId next = new ItemId("next");
    UserHistory after =
        history.with(
            new CountedInteraction(new RecentItems.ItemInteraction(next, 0), -1),
            HistoryRule.of(WindowLimits.DEFAULT));

    assertEquals(UserHistory.MAX_DISLIKED, after.disliked().size());
    assertEquals(items(2).get(1), after.disliked().get(0));
    assertEquals(next, after.disliked().get(UserHistory.MAX_DISLIKED - 1));
  }

  private static RecentItems recent(int number) {
    return new RecentItems(
        items(number).stream().map(id -> new RecentItems.ItemInteraction(id, -7)).toList());
  }

  private static RecentEvents events(int number) {
    return new RecentEvents(
        IntStream.range(0, number).mapToObj(n -> new EventFingerprint(n, -n)).toList());
  }

  private static List<ItemId> items(int number) {
    return IntStream.range(0, number).mapToObj(n -> new ItemId("фильм " + n)).toList();
  }

  @Test
  void history_otherVersion_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> HistoryFormat.serde().deserializer().deserialize("t", new byte[] {3, 0, 0}));
  }

  @Test
  void interaction_any_comesBack() {
    Serde<Optional<CountedInteraction>> serde = HistoryFormat.interactionSerde();
    for (int weight : List.of(1, -100, 100)) {
      Optional<CountedInteraction> interaction =
          Optional.of(
              new CountedInteraction(
                  new RecentItems.ItemInteraction(new ItemId("фильм \uD83C\uDFAC"), -7),
                  weight,
                  Optional.of(new EventFingerprint(weight, -7)).filter(id -> weight != 1)));
      byte[] bytes = serde.serializer().serialize("t", interaction);
      assertEquals(interaction, serde.deserializer().deserialize("t", bytes));
    }
    byte[] erasure = serde.serializer().serialize("t", Optional.empty());
    assertEquals(Optional.empty(), serde.deserializer().deserialize("t", erasure));
    erasure[0] = 3;
    assertThrows(
        IllegalArgumentException.class, () -> serde.deserializer().deserialize("t", erasure));
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
