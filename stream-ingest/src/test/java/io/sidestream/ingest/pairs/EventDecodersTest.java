package io.sidestream.ingest.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.ingest.flow.Decoder;
import io.sidestream.ingest.flow.InboundRecord;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.WriterSchemas;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.avro.MalformedRecordException.Reason;
import io.sidestream.schemas.pairs.CountedInteraction;
import io.sidestream.schemas.pairs.KindWeights;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EventDecodersTest {
  private static final EventDecoders DECODERS =
      new EventDecoders(WriterSchemas.none(), KindWeights.ALIKE);

  private static final Instant AT = Instant.ofEpochMilli(5);

  @Test
  void interaction_ofItsUser_isDecoded() throws Exception {
    UserEvent event = DECODERS.interaction(arrival("ann", interaction())).orElseThrow();

    assertEquals("ann", event.key());
    assertEquals(5, event.interaction().orElseThrow().interaction().atMillis());
  }

  @Tag("B17")
  @Test
  void interaction_keyOfAnotherUser_isBadKey() {
    assertRefused(Reason.BAD_KEY, DECODERS::interaction, arrival("bob", interaction()));
  }

  @Tag("B17")
  @Test
  void interaction_noKey_isBadKey() {
    InboundRecord arrival = arrival(Optional.empty(), Optional.of(interaction()));

    assertRefused(Reason.BAD_KEY, DECODERS::interaction, arrival);
  }

  @Test
  void interaction_keyNotText_isBadKey() {
    InboundRecord arrival =
        arrival(Optional.of(new byte[] {(byte) 0xC3, 0x28}), Optional.of(interaction()));

    assertRefused(Reason.BAD_KEY, DECODERS::interaction, arrival);
  }

  @Test
  void interaction_noValue_erasesTheUserOfTheKey() throws Exception {
    InboundRecord arrival = arrival(Optional.of(bytes("ann")), Optional.empty());
    UserId ann = new UserId("ann");

    assertEquals(Optional.of(new UserEvent(ann, Optional.empty())), DECODERS.interaction(arrival));
    assertEquals(Optional.of(new Erasure("events", 0, 0, ann)), EventDecoders.erasure(arrival));
    assertEquals(Optional.of(CountedSearch.erased("0\tann")), DECODERS.search(arrival));
  }

  @Test
  void erasure_keyNoUserId_isBadKey() {
    InboundRecord arrival = arrival(Optional.of(bytes("")), Optional.empty());

    assertRefused(Reason.BAD_KEY, DECODERS::interaction, arrival);
    assertRefused(Reason.BAD_KEY, DECODERS::search, arrival);
    assertEquals(Optional.empty(), EventDecoders.erasure(arrival));
  }

  @Test
  void interaction_ofAKindThatWeighsNothing_isLeftOut() throws Exception {
    assertEquals(Optional.empty(), weighed("view=0"));
    assertEquals(Optional.of(-2), weighed("view=-2"));
  }

  private static Optional<Integer> weighed(String weight) throws MalformedRecordException {
    return new EventDecoders(WriterSchemas.none(), KindWeights.parse(List.of(weight)))
        .interaction(arrival("ann", interaction()))
        .flatMap(UserEvent::interaction)
        .map(CountedInteraction::weight);
  }

  @Test
  void search_spellingsOfOneQuery_areOnePair() throws Exception {
    assertEquals(pair("A  Heist "), pair("a heist"));
  }

  private static Optional<CountedSearch> pair(String query) throws MalformedRecordException {
    return DECODERS.search(arrival("q", search(query)));
  }

  private static <T> void assertRefused(Reason reason, Decoder<T> decoder, InboundRecord arrival) {
    assertEquals(
        reason,
        assertThrows(MalformedRecordException.class, () -> decoder.decode(arrival)).reason());
  }

  private static byte[] interaction() {
    return Codecs.interaction()
        .encode(new Interaction(new UserId("ann"), new ItemId("a"), "view", 1, AT));
  }

  private static byte[] search(String query) {
    return Codecs.search().encode(new Search(query, new ItemId("a"), Optional.empty(), AT));
  }

  private static InboundRecord arrival(String key, byte[] value) {
    return arrival(Optional.of(bytes(key)), Optional.of(value));
  }

  private static InboundRecord arrival(Optional<byte[]> key, Optional<byte[]> value) {
    return new InboundRecord("events", 0, 0, key, value, List.of());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
