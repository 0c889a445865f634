package io.sidestream.ingest.trigger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.schemas.TrainingRequest.Reason;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrainingTriggerPolicyTest {
  private static final TrainingTriggerPolicy POLICY =
      new TrainingTriggerPolicy(
          100, Duration.ofHours(1), 0.5, Duration.ofMinutes(1), Duration.ZERO);

  @Test
  void trigger_enoughEvents_isNewEvents() {
    TrainingTriggerPolicy.Trigger cause =
        POLICY.trigger(input(100, Optional.empty(), 0)).orElseThrow();

    assertEquals(Reason.NEW_EVENTS, cause.reason());
    assertEquals("100 new events, threshold 100", cause.detail());
  }

  @Test
  void trigger_tooFewEvents_isNone() {
    assertEquals(Optional.empty(), reason(input(99, Optional.of(Duration.ofMinutes(30)), 0)));
  }

  @Test
  void trigger_withinMinimumInterval_isNone() {
    assertEquals(Optional.empty(), reason(input(100, Optional.of(Duration.ofSeconds(59)), 9)));
  }

  @Test
  void trigger_oldRequestAndOneEvent_isAge() {
    assertEquals(Optional.of(Reason.AGE), reason(input(1, Optional.of(Duration.ofHours(1)), 0)));
  }

  @Test
  void trigger_oldRequestAndNoEvent_isNone() {
    assertEquals(Optional.empty(), reason(input(0, Optional.of(Duration.ofHours(9)), 0)));
  }

  @Test
  void trigger_noRequestYet_ageCountsFromTheFirstEvent() {
    TriggerInput input = new TriggerInput(1, Optional.empty(), Duration.ofHours(1), 10, 0);

    assertEquals(Optional.of(Reason.AGE), reason(input));
  }

  @Test
  void trigger_halfTheCatalogueUncoded_isUncodedItems() {
    assertEquals(
        Optional.of(Reason.UNCODED_ITEMS), reason(input(0, Optional.of(Duration.ofMinutes(2)), 5)));
  }

  @Test
  void trigger_itemsWithoutAnyEventEver_isNone() {
    assertEquals(Optional.empty(), reason(input(0, Optional.empty(), 10)));
  }

  @Test
  void trigger_thresholdsOfZero_isNone() {
    TrainingTriggerPolicy never =
        new TrainingTriggerPolicy(0, Duration.ZERO, 0, Duration.ZERO, Duration.ZERO);

    assertEquals(
        Optional.empty(), never.trigger(input(1_000_000, Optional.of(Duration.ofDays(999)), 10)));
  }

  @Test
  void new_shareAboveOne_throws() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new TrainingTriggerPolicy(1, Duration.ZERO, 1.1, Duration.ZERO, Duration.ZERO));
  }

  private static TriggerInput input(long events, Optional<Duration> sinceRequest, long uncoded) {
    return new TriggerInput(events, sinceRequest, Duration.ZERO, 10, uncoded);
  }

  private static Optional<Reason> reason(TriggerInput input) {
    return POLICY.trigger(input).map(TrainingTriggerPolicy.Trigger::reason);
  }
}
