package io.sidestream.trainer.watching;

import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationTest;
import io.sidestream.schemas.GenerationTest.GivenAnswer;
import io.sidestream.schemas.GenerationTest.Outcome;
import io.sidestream.schemas.GenerationTest.Task;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Recall of the live generation in blocks of tests. Each is compared with the first one, and after
 * a request with the first one since: what a training was requested for once, and the live
 * generation still has, is no reason for another.
 */
public final class RecallBlocks {
  private final DriftRule rule;
  private final Map<Task, Blocks> blocks = new EnumMap<>(Task.class);
  private Optional<Generation> live = Optional.empty();

  /** Of one task. */
  private static final class Blocks {
    private Optional<Integer> first = Optional.empty();
    private Optional<Integer> reference = Optional.empty();
    private int hits;
    private int tests;
  }

  public RecallBlocks(DriftRule rule) {
    this.rule = rule;
  }

  /** Adds a test; gives a sentence where it ends a block in which recall has fallen. */
  public Optional<String> add(GenerationTest test) {
    GivenAnswer tested = test.answers().get(0);
    if (tested.outcome() != Outcome.HIT && tested.outcome() != Outcome.MISS) {
      return Optional.empty();
    }
    if (!live.equals(Optional.of(tested.generation()))) {
      live = Optional.of(tested.generation());
      blocks.clear();
    }
    Blocks block = blocks.computeIfAbsent(test.task(), task -> new Blocks());
    block.hits += tested.outcome() == Outcome.HIT ? 1 : 0;
    block.tests++;
    return block.tests < DriftRule.TESTS ? Optional.empty() : ended(test.task(), block);
  }

  /** A training was requested: later blocks are compared with the next one. */
  public void requested() {
    for (Blocks block : blocks.values()) {
      block.reference = Optional.empty();
      block.hits = 0;
      block.tests = 0;
    }
  }

  private Optional<String> ended(Task task, Blocks block) {
    int hits = block.hits;
    block.hits = 0;
    block.tests = 0;
    int first = block.first.orElse(hits);
    int reference = block.reference.orElse(hits);
    boolean cameBack = rule.isFall(hits, reference);
    block.first = Optional.of(first);
    block.reference = Optional.of(cameBack ? Math.min(first, hits) : reference);
    return rule.fallen(task.name().toLowerCase(Locale.ROOT), reference, hits);
  }
}
