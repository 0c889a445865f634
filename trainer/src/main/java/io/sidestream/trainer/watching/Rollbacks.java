package io.sidestream.trainer.watching;

import io.sidestream.schemas.DecisionAuthor;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.GenerationTest;
import io.sidestream.schemas.RolloutPlan;
import java.time.Instant;
import java.util.Optional;

/** Rolls back a generation where the one before has more of what users meet among its answers. */
public final class Rollbacks implements GenerationRule {
  private final RollbackRule rule;
  private Optional<Trial> block = Optional.empty();

  public Rollbacks(RollbackRule rule) {
    this.rule = rule;
  }

  @Override
  public void add(GenerationTest test) {
    block.ifPresent(running -> running.add(test));
  }

  @Override
  public Optional<Ruling> look(GenerationHistory history, Instant now) {
    Optional<GenerationAnnouncement> live = history.serving();
    Optional<GenerationAnnouncement> former = history.rollbackTarget();
    if (live.isEmpty()
        || former.isEmpty()
        || history.isHeld()
        || now.isAfter(live.get().announcedAt().plus(rule.within()))) {
      block = Optional.empty();
      return Optional.empty();
    }
    Generation bad = live.get().generation();
    Generation good = former.get().generation();
    Optional<Trial> over = block.filter(one -> one.isOf(bad, good)).filter(Trial::isComplete);
    if (over.isPresent() || block.filter(one -> one.isOf(bad, good)).isEmpty()) {
      block = Optional.of(new Trial(bad, good, rule.tests()));
    }
    return over.filter(one -> one.isBetterInAny(RollbackRule.STANDARD_ERRORS))
        .map(one -> ruling(history, bad, good, one, now));
  }

  private static Ruling ruling(
      GenerationHistory history, Generation bad, Generation good, Trial over, Instant now) {
    String why = "generation %s, which served before: %s".formatted(good, over.figures());
    return new Ruling(
        new RolloutPlan(history).rollback(new DecisionAuthor(AUTHOR, why, now)),
        "generation %s is rolled back: %s".formatted(bad, why));
  }
}
