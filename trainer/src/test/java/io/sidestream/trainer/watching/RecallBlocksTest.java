package io.sidestream.trainer.watching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationTest;
import io.sidestream.schemas.GenerationTest.GivenAnswer;
import io.sidestream.schemas.GenerationTest.Outcome;
import io.sidestream.schemas.GenerationTest.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecallBlocksTest {
  private static final DriftRule RULE = new DriftRule(0.2, Duration.ofHours(6));

  private final RecallBlocks recall = new RecallBlocks(RULE);

  @Test
  void add_aBlockWithHalfTheHits_saysWhatFell() {
    assertEquals(List.of(), block(Task.SEARCH, 7, 200));
    assertEquals(List.of(), block(Task.SEARCH, 7, 180), "within chance");
    assertEquals(
        List.of("recall of search on 500 events fell from 0.400 to 0.200, threshold 20 %"),
        block(Task.SEARCH, 7, 100));
    assertEquals(List.of(), block(Task.SEARCH, 7, 210), "it came back");
  }

  /** A fashion breaks, and candidates are retired: the live one stays, and so does its recall. */
  @Test
  void requested_recallStaysWhereItFell_saysSoOnce() {
    block(Task.SEARCH, 7, 264);
    assertEquals(1, block(Task.SEARCH, 7, 120).size());
    assertEquals(1, block(Task.SEARCH, 7, 100).size(), "as nothing was requested");
    recall.requested();
    assertEquals(List.of(), block(Task.SEARCH, 7, 100));
    assertEquals(List.of(), block(Task.SEARCH, 7, 95));
    assertEquals(
        List.of("recall of search on 500 events fell from 0.200 to 0.090, threshold 20 %"),
        block(Task.SEARCH, 7, 45),
        "further than it had fallen");
  }

  @Test
  void requested_recallCameBack_aFurtherFallIsSaid() {
    block(Task.SEARCH, 7, 200);
    block(Task.SEARCH, 7, 100);
    recall.requested();
    block(Task.SEARCH, 7, 100);
    assertEquals(List.of(), block(Task.SEARCH, 7, 180));
    assertEquals(
        List.of("recall of search on 500 events fell from 0.360 to 0.200, threshold 20 %"),
        block(Task.SEARCH, 7, 100));
    recall.requested();
    block(Task.SEARCH, 7, 100);
    block(Task.SEARCH, 7, 300);
    assertEquals(
        List.of("recall of search on 500 events fell from 0.400 to 0.200, threshold 20 %"),
        block(Task.SEARCH, 7, 100),
        "never compared with more than the first block had");
  }

  /** Tests before the request and after it are in no block together. */
  @Test
  void requested_withinABlock_beginsItAgain() {
    block(Task.SEARCH, 7, 200);
    for (int i = 1; i < DriftRule.TESTS; i++) {
      recall.add(test(Task.SEARCH, 7, Outcome.HIT));
    }
    recall.requested();
    assertEquals(List.of(), block(Task.SEARCH, 7, 100));
    assertEquals(List.of(), block(Task.SEARCH, 7, 100), "no hit of before is among them");
  }

  @Test
  void add_tasksAndGenerations_haveTheirOwnBlocks() {
    block(Task.SEARCH, 7, 200);
    assertEquals(List.of(), block(Task.RECOMMENDATION, 7, 50), "its first");
    assertEquals(List.of(), block(Task.SEARCH, 8, 100), "the first of another generation");
    assertEquals(List.of(), block(Task.SEARCH, 8, 100));
  }

  @Test
  void add_unknownItemsAndRequests_areNoTests() {
    block(Task.SEARCH, 7, 200);
    for (int i = 0; i < DriftRule.TESTS; i++) {
      assertEquals(Optional.empty(), recall.add(test(Task.SEARCH, 7, Outcome.UNKNOWN_ITEM)));
      assertEquals(Optional.empty(), recall.add(test(Task.SEARCH, 7, Outcome.NONE)));
    }
  }

  /** A fall that is large, of which chance gives as much; and one beyond chance, but small. */
  @Test
  void fallen_byChanceOrByLittle_saysNothing() {
    assertEquals(Optional.empty(), RULE.fallen("search", 20, 10));
    assertEquals(Optional.empty(), RULE.fallen("search", 480, 440));
    assertEquals(
        Optional.empty(), new DriftRule(0, Duration.ZERO).fallen("search", 500, 0), "switched off");
  }

  @Test
  void add_recallThatStays_isNoDrift() {
    long seed = Long.getLong("seed", 4);
    Random random = new Random(seed);
    for (int test = 0; test < 400 * DriftRule.TESTS; test++) {
      Outcome outcome = random.nextInt(10) < 3 ? Outcome.HIT : Outcome.MISS;
      assertEquals(Optional.empty(), recall.add(test(Task.SEARCH, 7, outcome)), "seed " + seed);
    }
  }

  @Test
  void rule_beyondItsLimits_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new DriftRule(1.1, Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> new DriftRule(-0.1, Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> new DriftRule(1, Duration.ofMillis(-1)));
  }

  private List<String> block(Task task, long generation, int hits) {
    List<String> said = new ArrayList<>();
    for (int i = 0; i < DriftRule.TESTS; i++) {
      recall
          .add(test(task, generation, i < hits ? Outcome.HIT : Outcome.MISS))
          .ifPresent(said::add);
    }
    return said;
  }

  private static GenerationTest test(Task task, long generation, Outcome outcome) {
    return new GenerationTest(
        task,
        Instant.EPOCH,
        List.of(new GivenAnswer(new Generation(generation), outcome, 0, List.of())));
  }
}
