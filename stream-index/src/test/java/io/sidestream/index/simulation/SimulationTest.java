package io.sidestream.index.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.chaos.check.HistoryCheck;
import io.sidestream.chaos.check.Verdict;
import io.sidestream.chaos.check.Verdict.Violation;
import io.sidestream.chaos.history.RunHistory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

  /** Further ones are for runs of many seeds: each takes a second to open. */
  private static final int INDEXES =
      Math.min(Runtime.getRuntime().availableProcessors(), 1 + SEEDS / 100);

  @TempDir(factory = MemoryDirectory.class)
  Path state;

  private final Map<String, Long> met = new ConcurrentSkipListMap<>();
  private final List<SimulatedIndex> indexes = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    for (int i = 0; i < INDEXES; i++) {
      indexes.add(new SimulatedIndex(state.resolve("index-" + i)));
    }
  }

  @AfterEach
  void close() {
    indexes.forEach(SimulatedIndex::close);
  }

  /** F7, F11, F14, B13 and L6: kills and swaps, a prompt again and again, a clock that jumps. */
  @Tag("F7")
  @Tag("F11")
  @Tag("F14")
  @Tag("B13")
  @Tag("L6")
  @Test
  void seeds_faultsOfEach_loseDoubleAndMixNothing() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(INDEXES);
    try {
      List<Future<Void>> shares = new ArrayList<>();
      for (int i = 0; i < INDEXES; i++) {
        long first = FIRST + i;
        SimulatedIndex index = indexes.get(i);
        shares.add(threads.submit(() -> share(index, first)));
      }
      for (Future<Void> each : shares) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    // What is never met is not tried.
    for (String each :
        List.of(
            "OK",
            "INVALID",
            "OVERLOADED",
            "refused early",
            "NOT_READY",
            "repeats",
            "expired",
            "endings")) {
      assertTrue(met.getOrDefault(each, 0L) > 0, each + " is never met: " + met);
    }
  }

  /** The seeds from a first one on that are one index's share. */
  private Void share(SimulatedIndex index, long first) throws Exception {
    for (long seed = first; seed < FIRST + SEEDS; seed += INDEXES) {
      Verdict verdict = simulate(index, seed, false);
      assertTrue(verdict.isClean(), "seed " + seed + ": " + verdict.violations());
      verdict.statuses().forEach((status, count) -> met.merge(status, count, Long::sum));
      met.merge("repeats", verdict.repeats(), Long::sum);
      met.merge("expired", verdict.expired(), Long::sum);
    }
    return null;
  }

  @Test
  void seeds_sameTwice_giveTheSameHistory() throws Exception {
    SimulatedIndex index = indexes.get(0);
    RunHistory first = history(index, FIRST, false);
    assertEquals(first.requests(), history(index, FIRST, false).requests());
    assertEquals(
        first.replies().stream().map(reply -> reply.id() + reply.content().status()).toList(),
        history(index, FIRST, false).replies().stream()
            .map(reply -> reply.id() + reply.content().status())
            .toList());
  }

  /** A checker that finds nothing might look at nothing. */
  @Test
  void seeds_offsetsAheadOfReplies_areFound() throws Exception {
    long lost = 0;
    for (long seed = FIRST; seed < FIRST + 8; seed++) {
      lost += simulate(indexes.get(0), seed, true).count(Violation.LOST);
    }
    assertTrue(lost > 0);
  }

  private Verdict simulate(SimulatedIndex index, long seed, boolean losesOffsets) throws Exception {
    Duration allowance =
        IndexSimulation.hasJumps(seed)
            ? IndexSimulation.JUMP.multipliedBy(2)
            : SimulatedClock.ANSWER;
    return HistoryCheck.check(history(index, seed, losesOffsets), allowance);
  }

  private RunHistory history(SimulatedIndex index, long seed, boolean losesOffsets)
      throws Exception {
    SimulatedIndex.Outcome outcome = index.run(seed, losesOffsets);
    met.merge("endings", (long) outcome.endings(), Long::sum);
    met.merge("refused early", outcome.refusedEarly(), Long::sum);
    assertEquals(List.of(), outcome.mistakes(), "seed " + seed);
    return outcome.history();
  }
}
