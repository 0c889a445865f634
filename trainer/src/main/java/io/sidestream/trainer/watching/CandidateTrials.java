package io.sidestream.trainer.watching;

import io.sidestream.schemas.DecisionAuthor;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.GenerationTest;
import io.sidestream.schemas.RolloutPlan;
import java.time.Instant;
import java.util.Optional;

/** Promotes a candidate that its trial shows to be better, and retires it otherwise. */
public final class CandidateTrials implements GenerationRule {
  private final TrialRule rule;
  private Optional<Trial> trial = Optional.empty();

  public CandidateTrials(TrialRule rule) {
    this.rule = rule;
  }

  @Override
  public void add(GenerationTest test) {
    trial.ifPresent(running -> running.add(test));
  }

  @Override
  public Optional<Ruling> look(GenerationHistory history, Instant now) {
    Optional<GenerationAnnouncement> live = history.serving();
    Optional<GenerationAnnouncement> candidate = history.candidate();
    if (live.isEmpty() || candidate.isEmpty() || history.isHeld()) {
      trial = Optional.empty();
      return Optional.empty();
    }
    GenerationAnnouncement tried = candidate.get();
    Trial running = running(live.get().generation(), tried.generation());
    if (!running.isComplete() && !now.isAfter(tried.announcedAt().plus(rule.within()))) {
      return Optional.empty();
    }
    trial = Optional.empty();
    return Optional.of(ruling(new RolloutPlan(history), tried.generation(), running, now));
  }

  private Trial running(Generation live, Generation candidate) {
    Trial running =
        trial
            .filter(one -> one.isOf(live, candidate))
            .orElseGet(() -> new Trial(live, candidate, rule.tests()));
    trial = Optional.of(running);
    return running;
  }

  private static Ruling ruling(RolloutPlan plan, Generation candidate, Trial over, Instant now) {
    DecisionAuthor author = new DecisionAuthor(AUTHOR, over.figures(), now);
    boolean better = over.isBetter(TrialRule.STANDARD_ERRORS);
    return new Ruling(
        better ? plan.promote(candidate, author) : plan.retire(candidate, author),
        "candidate %s is %s: %s"
            .formatted(candidate, better ? "promoted" : "retired", over.figures()));
  }
}
