package io.sidestream.index.answering;

import static io.sidestream.index.answering.Admission.Verdict.ANSWER;
import static io.sidestream.index.answering.Admission.Verdict.PAST_DEADLINE;
import static io.sidestream.index.answering.Admission.Verdict.REFUSE;
import static io.sidestream.index.answering.Admission.Verdict.TOO_OLD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.index.answering.PromptQueue.Expected;
import io.sidestream.index.replies.BrokerTime;
import io.sidestream.schemas.Prompt;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final Duration MAX_WAIT = Duration.ofSeconds(1);
  private static final Duration MAX_AGE = Duration.ofMinutes(1);
  private static final Duration TIME = Duration.ofMillis(20);

  private final AtomicLong nanos = new AtomicLong();
  private final BrokerTime brokerTime = new BrokerTime(CLOCK, nanos::get);
  private final Admission admission = new Admission(brokerTime, MAX_WAIT, MAX_AGE);

  @Tag("L4")
  @Test
  void onArrival_waitsLongerThanTheLimit_isRefused() {
    assertEquals(ANSWER, onArrival(prompt(), MAX_WAIT));
    assertEquals(REFUSE, onArrival(prompt(), MAX_WAIT.plusNanos(1)));
  }

  /** A burst has room, a flood makes no queue of it. */
  @Tag("L4")
  @Test
  void onArrival_aWaitWasTooLongSinceNoneWaited_aQuarterOfTheLimitCounts() {
    Duration quarter = MAX_WAIT.dividedBy(4);
    assertEquals(ANSWER, onArrival(prompt(), quarter, MAX_WAIT.plusNanos(1)));
    assertEquals(REFUSE, onArrival(prompt(), quarter.plusNanos(1), MAX_WAIT.plusNanos(1)));
    assertEquals(ANSWER, onArrival(prompt(), quarter.plusNanos(1), MAX_WAIT));
    assertEquals(ANSWER, onArrival(prompt(), Duration.ZERO, MAX_WAIT.plusNanos(1)));
  }

  /** As when nothing was known of answers yet: what waits behind them is refused at least then. */
  @Tag("L4")
  @Test
  void onStart_waitedLongerThanWasExpected_isRefused() {
    Duration most = MAX_WAIT.plus(Admission.GRACE);
    assertEquals(ANSWER, admission.onStart(prompt(), NOW, most, TIME));
    assertEquals(REFUSE, admission.onStart(prompt(), NOW, most.plusNanos(1), TIME));
  }

  /** A worker does not begin what will be late, while it could answer another. */
  @Tag("L4")
  @Test
  void onStart_answerWouldMissItsDeadline_isRefusedWhileOthersWait() {
    brokerTime.appended(NOW.toEpochMilli());
    Prompt last = prompt(NOW.plus(TIME).minusNanos(1));
    assertEquals(REFUSE, admission.onStart(last, NOW, Duration.ZERO, TIME));
    assertEquals(ANSWER, admission.onStart(prompt(NOW.plus(TIME)), NOW, Duration.ZERO, TIME));
    assertEquals(ANSWER, admission.onStart(last, NOW, Duration.ZERO, Duration.ZERO));
  }

  @Tag("L4")
  @Tag("L5")
  @Test
  void onArrival_answerWouldMissItsDeadline_isRefusedAtOnce() {
    brokerTime.appended(NOW.toEpochMilli());
    Duration wait = Duration.ofMillis(100);
    assertEquals(ANSWER, onArrival(prompt(NOW.plus(wait).plus(TIME)), wait));
    assertEquals(REFUSE, onArrival(prompt(NOW.plus(wait).plus(TIME).minusNanos(1)), wait));
    assertEquals(ANSWER, onArrival(prompt(NOW), Duration.ZERO), "none waits: it is tried");
    assertEquals(PAST_DEADLINE, onArrival(prompt(NOW.minusNanos(1)), wait));
  }

  /** A request is refused before its prompt comes in where it would be then. */
  @Tag("L4")
  @Test
  void refusesAhead_answerWouldMissItsDeadline_withTheTimeOnItsWay() {
    Duration way = Duration.ofMillis(50);
    Duration wait = Duration.ofMillis(100);
    Instant last = NOW.plus(way).plus(wait).plus(TIME);
    assertFalse(refusesAhead(last.minusNanos(1), NOW, way, wait), "the time is not known");
    brokerTime.appended(NOW.toEpochMilli());
    assertTrue(refusesAhead(last.minusNanos(1), NOW, way, wait));
    assertFalse(refusesAhead(last, NOW, way, wait));
    assertFalse(refusesAhead(last.minus(way), NOW.minus(way), way, wait), "half way");
    assertFalse(refusesAhead(last.minus(way), NOW.minusSeconds(9), way, wait), "it is here");
    assertFalse(refusesAhead(NOW, NOW, way, Duration.ZERO), "none waits: it is tried");
    assertFalse(refusesAhead(NOW.minusNanos(1), NOW, way, wait), "it is dropped");
  }

  @Tag("L4")
  @Test
  void refusesAhead_withoutADeadline_longWaitsAndNotTheOld() {
    brokerTime.appended(NOW.toEpochMilli());
    Expected tooLong = new Expected(MAX_WAIT.plusNanos(1), MAX_WAIT.plusNanos(1), TIME);
    assertTrue(admission.refusesAhead(Optional.empty(), NOW.minus(MAX_AGE), TIME, tooLong));
    Instant old = NOW.minus(MAX_AGE).minusMillis(1);
    assertFalse(admission.refusesAhead(Optional.empty(), old, TIME, tooLong), "it is dropped");
    Expected longest = new Expected(MAX_WAIT, MAX_WAIT, TIME);
    assertFalse(admission.refusesAhead(Optional.empty(), NOW, TIME, longest));
  }

  private boolean refusesAhead(Instant deadline, Instant requested, Duration way, Duration wait) {
    return admission.refusesAhead(
        Optional.of(deadline), requested, way, new Expected(wait, wait, TIME));
  }

  @Test
  void onStart_olderThanTheLimit_isDropped() {
    brokerTime.appended(NOW.toEpochMilli());
    assertEquals(ANSWER, onStart(prompt(), NOW.minus(MAX_AGE)));
    assertEquals(TOO_OLD, onStart(prompt(), NOW.minus(MAX_AGE).minusMillis(1)));
  }

  /** Who says how long it waits is waited for: no reply is lost to an outage that it outlasts. */
  @Test
  void onStart_olderThanTheLimitWithADeadline_isAnsweredUntilThen() {
    brokerTime.appended(NOW.toEpochMilli());
    Instant requested = NOW.minus(MAX_AGE.multipliedBy(2));
    assertEquals(ANSWER, onStart(prompt(NOW), requested));
    assertEquals(PAST_DEADLINE, onStart(prompt(NOW.minusMillis(1)), requested));
  }

  /** B13: a clock five minutes ahead once dropped what is new by the brokers' time. */
  @Tag("B13")
  @Test
  void onStart_clocksDiffer_theBrokersCounts() {
    Instant requested = NOW.minus(Duration.ofMinutes(5));
    assertEquals(REFUSE, onStart(prompt(), requested), "not known by how much");
    brokerTime.appended(requested.toEpochMilli());
    assertEquals(ANSWER, onStart(prompt(), requested));
    assertEquals(TOO_OLD, onStart(prompt(), requested.minus(MAX_AGE).minusMillis(1)));
  }

  /** B13: a deadline passes with the time of brokers, and what does not jump counts on from it. */
  @Tag("B13")
  @Tag("L5")
  @Test
  void onStart_deadline_passesByTheBrokersTime() {
    Instant deadline = NOW.minus(Duration.ofMinutes(5));
    assertEquals(REFUSE, onStart(prompt(deadline), NOW), "not known by how much");
    brokerTime.appended(deadline.toEpochMilli());
    assertEquals(ANSWER, onStart(prompt(deadline), NOW));
    nanos.addAndGet(Duration.ofMillis(1).toNanos());
    assertEquals(PAST_DEADLINE, onStart(prompt(deadline), NOW));
    assertEquals(ANSWER, onStart(prompt(deadline.plusMillis(1)), NOW));
  }

  private Admission.Verdict onArrival(Prompt prompt, Duration wait) {
    return onArrival(prompt, wait, wait);
  }

  private Admission.Verdict onArrival(Prompt prompt, Duration wait, Duration most) {
    return admission.onArrival(prompt, NOW, new Expected(wait, most, TIME));
  }

  private Admission.Verdict onStart(Prompt prompt, Instant requested) {
    return admission.onStart(prompt, requested, Duration.ZERO, Duration.ZERO);
  }

  private static Prompt prompt() {
    return new Prompt.ForSearch("q", 3, Set.of(), Optional.empty());
  }

  private static Prompt prompt(Instant deadline) {
    return new Prompt.ForSearch("q", 3, Set.of(), Optional.of(deadline));
  }
}
