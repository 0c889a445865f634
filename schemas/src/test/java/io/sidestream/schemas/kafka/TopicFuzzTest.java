package io.sidestream.schemas.kafka;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sidestream.schemas.CodedItemKey;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.SearchRequest;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.avro.Codec;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** B1, B5, B17: no bytes on a topic, as key or value, bring out anything but a rejection. */
class TopicFuzzTest {
  private static final long SEED = 20_261_127L;
  private static final int ROUNDS = 400;
  private static final Topics TOPICS = Topics.DEFAULT;

  /** Topics whose records are skipped and counted, and not rejected. */
  private static final List<Codec<?>> SKIPPED =
      List.of(Codecs.codedItem(), Codecs.pairCount(), Codecs.itemNeighbours(), Codecs.reply());

  private static final List<byte[]> SEEDS =
      List.of(
          Codecs.item().encode(new Item(new ItemId("a"), "Low Tide", Map.of(), Map.of())),
          Codecs.interaction()
              .encode(
                  new Interaction(
                      new UserId("u"), new ItemId("a"), "view", 1, Instant.ofEpochSecond(1))),
          Codecs.search()
              .encode(
                  new Search("sea", new ItemId("a"), Optional.of(new UserId("u")), Instant.EPOCH)),
          Codecs.searchRequest().encode(new SearchRequest("sea", 3, Set.of(), Optional.empty())),
          utf8("{\"id\": \"a\", \"title\": \"Low Tide\"}"),
          utf8("{\"user\": \"u\", \"item\": \"a\", \"kind\": \"view\", \"weight\": 1, \"at\": 1}"),
          utf8("{\"query\": \"sea\", \"k\": 3}"),
          utf8("{\"number\": 9223372036854775807, \"state\": \"LIVE\"}"),
          utf8("[".repeat(100_000)),
          utf8("{\"a\":".repeat(100_000)),
          utf8("{\"title\": \"" + "\\".repeat(99_999)),
          utf8("{\"k\": 1e999999999, \"at\": " + "9".repeat(50_000) + "}"),
          new byte[0]);

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Tag("B1")
  @Tag("B5")
  @Tag("B7")
  @Tag("B17")
  @Test
  void check_anyBytes_bringsOutNothingButARejection() {
    RecordCheck check = new RecordCheck(TOPICS);
    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] key = random.nextInt(8) == 0 ? null : mutated(random, round);
      byte[] value = random.nextInt(8) == 0 ? null : mutated(random, round);
      for (Topic topic : TOPICS.all()) {
        decode("seed " + SEED + ", round " + round, () -> check.check(topic, key, value));
      }
      for (Codec<?> codec : SKIPPED) {
        decode("seed " + SEED + ", round " + round, () -> codec.decode(value));
      }
    }
  }

  @Test
  void parse_anyKeyOfACodedItem_bringsOutNothingButARefusal() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      String key = new String(mutated(random, round), StandardCharsets.UTF_8);
      try {
        assertFalse(CodedItemKey.parse(key).toString().isEmpty());
      } catch (IllegalArgumentException refused) {
        assertFalse(refused.getMessage().isBlank());
      }
    }
  }

  private interface Decoding {
    void run() throws MalformedRecordException;
  }

  private static void decode(String what, Decoding decoding) {
    try {
      decoding.run();
    } catch (MalformedRecordException rejected) {
      assertFalse(rejected.getMessage().isBlank(), what);
    } catch (RuntimeException | Error other) {
      throw new AssertionError(what + ": " + other, other);
    }
  }

  private static byte[] mutated(SplittableRandom random, int round) {
    byte[] bytes = SEEDS.get(random.nextInt(SEEDS.size())).clone();
    if (round < 2 * SEEDS.size() || bytes.length == 0) {
      return bytes;
    }
    int at = random.nextInt(Math.min(bytes.length, 400));
    switch (random.nextInt(6)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes = Arrays.copyOf(bytes, at);
      case 2 -> random.nextBytes(bytes);
      case 3 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 9), (byte) 0xFF);
      case 4 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(64));
      default -> bytes[at] = (byte) random.nextInt();
    }
    return bytes;
  }
}
