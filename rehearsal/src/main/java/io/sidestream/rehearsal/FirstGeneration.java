package io.sidestream.rehearsal;

import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.UserErrorException;

/** The generation that the days begin with, unless the gate rejected it. */
final class FirstGeneration {
  private FirstGeneration() {}

  /**
   * The one that serves.
   *
   * @throws UserErrorException with the gate's verdict when none does
   */
  static GenerationAnnouncement of(GenerationHistory history) {
    return history
        .serving()
        .orElseThrow(
            () ->
                new UserErrorException(
                    "nothing can be rehearsed, as the first generation was rejected: %s",
                    history.announcements().stream()
                        .map(GenerationAnnouncement::reason)
                        .findFirst()
                        .orElse("it was not announced")));
  }
}
