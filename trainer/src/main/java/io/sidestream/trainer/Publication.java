package io.sidestream.trainer;

import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.GenerationState;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Announces a generation whose bundle is published on disk.
 *
 * @param candidateShare share of users that a generation answers first, instead of going live
 */
record Publication(Announcer announcer, Clock clock, Optional<Double> candidateShare) {
  /*
   * First as a candidate, so that the coding job codes new items for it before it serves; then live
   * or rejected. It stays a candidate, with a share of the users or none, where that is asked for,
   * where the live one is held, or while another candidate is compared. Two live ones stay, the one
   * that serves and the one to roll back to; those before them are retired, and so are candidates
   * that answer no user.
   */

  /** What becomes of a generation that passed the gate; without a share it goes live. */
  private record Passed(Optional<Double> share, String because) {}

  /**
   * Announces the state changes that follow from the gate's verdict.
   *
   * @param candidate the generation as a candidate; its reason is overwritten
   * @return the history after it
   */
  GenerationHistory publish(
      GenerationHistory history, GenerationAnnouncement candidate, boolean accepted, String verdict)
      throws IOException, InterruptedException {
    GenerationHistory known = history;
    Instant now = clock.instant();
    known = announce(known, candidate.in(GenerationState.CANDIDATE, "trained, in evaluation", now));
    if (!accepted) {
      return announce(known, candidate.in(GenerationState.REJECTED, verdict, clock.instant()));
    }
    known = announce(known, passed(candidate, verdict, passed(history)));
    for (GenerationAnnouncement superseded : known.superseded()) {
      String reason = "two later generations are live: %s serves".formatted(candidate.generation());
      known = announce(known, superseded.in(GenerationState.RETIRED, reason, clock.instant()));
    }
    for (GenerationAnnouncement waiting : history.waiting()) {
      String reason = "generation %s passed the gate later".formatted(candidate.generation());
      known = announce(known, waiting.in(GenerationState.RETIRED, reason, clock.instant()));
    }
    return known;
  }

  private Passed passed(GenerationHistory history) {
    Optional<GenerationAnnouncement> live = history.serving();
    if (live.isEmpty()) {
      return new Passed(Optional.empty(), "");
    }
    if (history.comparison().isPresent()) {
      return new Passed(
          Optional.of(0.0),
          "; waits while generation %s is compared"
              .formatted(history.comparison().get().candidate()));
    }
    if (history.isHeld()) {
      return new Passed(
          Optional.of(0.0), "; waits, generation %s is held".formatted(live.get().generation()));
    }
    return new Passed(
        candidateShare, candidateShare.isPresent() ? "; a candidate by trainer.candidate" : "");
  }

  private GenerationAnnouncement passed(
      GenerationAnnouncement candidate, String verdict, Passed passed) {
    GenerationState state =
        passed.share().isPresent() ? GenerationState.CANDIDATE : GenerationState.LIVE;
    GenerationAnnouncement next = candidate.in(state, verdict + passed.because(), clock.instant());
    return passed.share().isEmpty()
        ? next
        : next.with(next.rollout().sharing(passed.share().get()));
  }

  private GenerationHistory announce(GenerationHistory history, GenerationAnnouncement one)
      throws IOException, InterruptedException {
    announcer.announce(one);
    return history.with(one);
  }
}
