package io.sidestream.trainer;

import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.TrainingRequest;
import java.util.Optional;

/** Finds the generation that already covers the corpus of a request. */
final class RequestDeduplication {
  /*
   * A request is delivered twice when the trainer crashes between announcing and committing, and
   * requests queue up during a training; a generation whose corpus reaches as far answers them all.
   * A manual request is trained all the same, unless the generation is newer than the request.
   */
  private RequestDeduplication() {}

  /** The newest generation that answers the request. */
  static Optional<GenerationAnnouncement> of(TrainingRequest request, GenerationHistory history) {
    return history.byNumber().stream()
        .filter(one -> answers(one, request))
        .reduce((earlier, later) -> later);
  }

  private static boolean answers(GenerationAnnouncement generation, TrainingRequest request) {
    boolean byHand = request.reason() == TrainingRequest.Reason.BY_HAND;
    return covers(generation.corpus(), request.corpus())
        && (!byHand || generation.announcedAt().isAfter(request.requestedAt()));
  }

  /** Whether the first corpus reaches at least as far as the second in every partition. */
  static boolean covers(CorpusOffsets whole, CorpusOffsets part) {
    return part.ends().entrySet().stream()
        .allMatch(
            topic ->
                topic.getValue().entrySet().stream()
                    .allMatch(end -> whole.end(topic.getKey(), end.getKey()) >= end.getValue()));
  }
}
