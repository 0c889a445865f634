package io.sidestream.index.serving;

import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationHistory;
import java.util.List;
import java.util.Optional;

/**
 * State of one generation in this process.
 *
 * @param reason of its refusal here, else that of the announcement
 */
public record GenerationReport(
    GenerationAnnouncement announcement, GenerationRole role, String reason) {

  /**
   * All announced generations, by number.
   *
   * @param wanted those that are to be open here
   */
  static List<GenerationReport> all(
      GenerationHistory history,
      List<GenerationAnnouncement> wanted,
      Optional<Generation> serving,
      OpenSlots open,
      PendingLoad load,
      LoadFailures failures) {
    return history.byNumber().stream()
        .map(
            announced -> {
              Generation generation = announced.generation();
              GenerationRole role =
                  GenerationRole.of(
                      serving.equals(Optional.of(generation)),
                      announced.state(),
                      open.holds(generation),
                      failures.isRefused(generation),
                      load.isOf(generation),
                      wanted.contains(announced));
              return new GenerationReport(
                  announced, role, failures.reason(generation).orElse(announced.reason()));
            })
        .toList();
  }
}
