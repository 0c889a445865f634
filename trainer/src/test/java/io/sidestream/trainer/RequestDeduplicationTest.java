package io.sidestream.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.TrainingRequest;
import io.sidestream.schemas.TrainingRequest.Reason;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestDeduplicationTest {
  @Test
  void of_corpusThatReachesAsFar_answers() {
    GenerationHistory history = GenerationHistory.NONE.with(generation(10, 100));
    assertTrue(RequestDeduplication.of(request(Reason.NEW_EVENTS, 10, 200), history).isPresent());
    assertTrue(RequestDeduplication.of(request(Reason.AGE, 9, 200), history).isPresent());
    assertEquals(Optional.empty(), RequestDeduplication.of(request(Reason.AGE, 11, 200), history));
    assertEquals(
        Optional.empty(),
        RequestDeduplication.of(request(Reason.AGE, 1, 200), GenerationHistory.NONE));
  }

  @Test
  void of_personWhoAsksAgain_isAnsweredAnew() {
    GenerationHistory history = GenerationHistory.NONE.with(generation(10, 100));
    assertEquals(
        Optional.empty(), RequestDeduplication.of(request(Reason.BY_HAND, 10, 101), history));
    assertTrue(RequestDeduplication.of(request(Reason.BY_HAND, 10, 99), history).isPresent());
  }

  private static CorpusOffsets corpus(long end) {
    return new CorpusOffsets(Map.of("items", Map.of(0, end)));
  }

  private static TrainingRequest request(Reason reason, long end, long at) {
    return new TrainingRequest("default", reason, "", corpus(end), Instant.ofEpochSecond(at));
  }

  private static GenerationAnnouncement generation(long end, long at) {
    return new GenerationAnnouncement(
        new Generation(1),
        GenerationState.LIVE,
        "",
        "0".repeat(64),
        Optional.empty(),
        corpus(end),
        Map.of(),
        Instant.ofEpochSecond(at));
  }
}
