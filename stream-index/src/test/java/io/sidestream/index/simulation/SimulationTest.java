package io.sidestream.index.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.chaos.check.HistoryCheck;
import io.sidestream.chaos.check.Verdict;
import io.sidestream.chaos.check.Verdict.Violation;
import io.sidestream.chaos.history.RunHistory;
import io.sidestream.index.store.AssignmentStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The index under faults of many seeds, without a broker, a thread or a clock of its own: {@code
 * -Dsimulation.seeds=5000} for more of them, {@code -Dseed=N} for another first one.
 */
class SimulationTest {
  private static final int SEEDS = Integer.getInteger("simulation.seeds", 12);
  private static final long FIRST = Long.getLong("seed", 1);

  @TempDir Path state;

  private final SimulatedClock clock = new SimulatedClock();
  private final Map<String, Long> met = new TreeMap<>();
  private SimulatedStreams streams;
  private AssignmentStore store;
  private long lastNumber;

  @BeforeEach
  void open() throws Exception {
    streams = new SimulatedStreams(state.resolve("streams"), clock, clock::nanoTime);
    store = AssignmentStore.open(state.resolve("store"));
  }

  @AfterEach
  void close() {
    streams.close();
    store.close();
  }

  /** F7, F11, F14, B13 and L6: kills and swaps, a prompt again and again, a clock that jumps. */
  @Tag("F7")
  @Tag("F11")
  @Tag("F14")
  @Tag("B13")
  @Tag("L6")
  @Test
  void seeds_faultsOfEach_loseDoubleAndMixNothing() throws Exception {
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      Verdict verdict = simulate(seed, false);
      assertTrue(verdict.isClean(), "seed " + seed + ": " + verdict.violations());
      verdict.statuses().forEach((status, count) -> met.merge(status, count, Long::sum));
      met.merge("repeats", verdict.repeats(), Long::sum);
      met.merge("expired", verdict.expired(), Long::sum);
    }
    // What is never met is not tried.
    for (String each :
        List.of("OK", "INVALID", "OVERLOADED", "NOT_READY", "repeats", "expired", "endings")) {
      assertTrue(met.getOrDefault(each, 0L) > 0, each + " is never met: " + met);
    }
  }

  @Test
  void seeds_sameTwice_giveTheSameHistory() throws Exception {
    RunHistory first = history(FIRST, false);
    assertEquals(first.requests(), history(FIRST, false).requests());
    assertEquals(
        first.replies().stream().map(reply -> reply.id() + reply.content().status()).toList(),
        history(FIRST, false).replies().stream()
            .map(reply -> reply.id() + reply.content().status())
            .toList());
  }

  /** A checker that finds nothing might look at nothing. */
  @Test
  void seeds_offsetsAheadOfReplies_areFound() throws Exception {
    long lost = 0;
    for (long seed = FIRST; seed < FIRST + 8; seed++) {
      lost += simulate(seed, true).count(Violation.LOST);
    }
    assertTrue(lost > 0);
  }

  private Verdict simulate(long seed, boolean losesOffsets) throws Exception {
    Duration allowance =
        IndexSimulation.hasJumps(seed)
            ? IndexSimulation.JUMP.multipliedBy(2)
            : SimulatedClock.ANSWER;
    return HistoryCheck.check(history(seed, losesOffsets), allowance);
  }

  private RunHistory history(long seed, boolean losesOffsets) throws Exception {
    IndexSimulation simulation =
        new IndexSimulation(
            seed, clock, streams, store, lastNumber, state.resolve("begun"), losesOffsets);
    RunHistory history = simulation.run();
    lastNumber = simulation.lastNumber();
    met.merge("endings", (long) simulation.endings(), Long::sum);
    assertEquals(List.of(), simulation.mistakes(), "seed " + seed);
    return history;
  }
}
