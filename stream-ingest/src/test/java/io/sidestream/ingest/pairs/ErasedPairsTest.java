package io.sidestream.ingest.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.ingest.flow.InboundRecord;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.WriterSchemas;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.pairs.CountingRule;
import io.sidestream.schemas.pairs.KindWeights;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ErasedPairsTest {
  private static final int USERS = 9;
  private static final EventDecoders DECODERS =
      new EventDecoders(WriterSchemas.none(), KindWeights.ALIKE);

  private final List<InboundRecord> log = new ArrayList<>();
  private final List<Erasure> erasures = new ArrayList<>();

  /** One user has more than the limit alone, and one is erased twice. */
  @Test
  void changes_moreThanMayBeInMemory_areTheSameInPasses() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 600; i++) {
      add(i % 3 == 0 ? 0 : random.nextInt(USERS), "item " + random.nextInt(60));
      if (i == 300) {
        erase(1);
      }
    }
    for (int user = 0; user < USERS; user++) {
      erase(user);
    }

    Map<Erasure, Set<CountChange>> whole = pass(erasures, Integer.MAX_VALUE);
    assertEquals(erasures.size(), whole.size());
    assertTrue(whole.get(erasures.get(1)).size() > 2_500, "no user has too many");

    Map<Erasure, Set<CountChange>> inPasses = new HashMap<>();
    List<Erasure> rest = erasures;
    int passes = 0;
    while (!rest.isEmpty()) {
      Map<Erasure, Set<CountChange>> done = pass(rest, 2_500);
      assertTrue(!done.isEmpty(), "a pass came to no end");
      inPasses.putAll(done);
      rest = rest.stream().filter(each -> !done.containsKey(each)).toList();
      passes++;
    }
    assertEquals(whole, inPasses);
    assertTrue(passes > 2 && passes < erasures.size(), passes + " passes");
  }

  private Map<Erasure, Set<CountChange>> pass(List<Erasure> some, int maxSums) {
    ErasedPairs pairs = new ErasedPairs(some, CountingRule.DEFAULT, DECODERS, maxSums);
    log.forEach(pairs::interaction);
    Map<Erasure, Set<CountChange>> changes = new HashMap<>();
    pairs.changes().forEach((erasure, each) -> changes.put(erasure, new HashSet<>(each)));
    return changes;
  }

  private void add(int user, String item) {
    Instant at = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(log.size());
    Interaction event = new Interaction(user(user), new ItemId(item), "view", 1, at);
    write(user, Optional.of(Codecs.interaction().encode(event)));
  }

  private void erase(int user) {
    erasures.add(new Erasure("interactions", 0, log.size(), user(user)));
    write(user, Optional.empty());
  }

  private void write(int user, Optional<byte[]> value) {
    byte[] key = user(user).value().getBytes(StandardCharsets.UTF_8);
    log.add(new InboundRecord("interactions", 0, log.size(), Optional.of(key), value, List.of()));
  }

  private static UserId user(int number) {
    return new UserId("user " + number);
  }
}
