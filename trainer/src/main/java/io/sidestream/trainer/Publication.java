package io.sidestream.trainer;

import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.GenerationState;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Announces a generation whose bundle is published on disk. */
record Publication(Announcer announcer, Clock clock) {
  /*
   * First as a candidate, so that the coding job codes new items for it before it serves; then live
   * or rejected. Two live ones stay, the one that serves and the one to roll back to; those before
   * them are retired.
   */
  private static final int LIVE_KEPT = 2;

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
    GenerationState state = accepted ? GenerationState.LIVE : GenerationState.REJECTED;
    known = announce(known, candidate.in(state, verdict, clock.instant()));
    for (GenerationAnnouncement superseded : superseded(known)) {
      String reason = "two later generations are live: %s serves".formatted(candidate.generation());
      known = announce(known, superseded.in(GenerationState.RETIRED, reason, clock.instant()));
    }
    return known;
  }

  private GenerationHistory announce(GenerationHistory history, GenerationAnnouncement one)
      throws IOException, InterruptedException {
    announcer.announce(one);
    return history.with(one);
  }

  /** The live generations except the two announced last. */
  private static List<GenerationAnnouncement> superseded(GenerationHistory history) {
    List<GenerationAnnouncement> live =
        history.announcements().stream()
            .filter(one -> one.state() == GenerationState.LIVE)
            .toList();
    return live.subList(0, Math.max(0, live.size() - LIVE_KEPT));
  }
}
