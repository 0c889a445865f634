package io.sidestream.trainer.watching;

import io.sidestream.schemas.GenerationAnnouncement;
import java.util.List;

/**
 * What a rule decides about a generation.
 *
 * @param steps the announcements that it makes, in order
 * @param summary one sentence for the log
 */
public record Ruling(List<GenerationAnnouncement> steps, String summary) {
  public Ruling {
    steps = List.copyOf(steps);
  }
}
