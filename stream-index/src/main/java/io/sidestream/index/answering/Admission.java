package io.sidestream.index.answering;

import io.sidestream.index.replies.BrokerTime;
import io.sidestream.schemas.Prompt;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Decides what happens to a prompt before a model is run.
 *
 * @param clock of deadlines, which are times of clients
 * @param brokerTime of requests
 * @param maxWait longest wait for a worker
 * @param maxAge of a request without a deadline that is answered
 */
record Admission(Clock clock, BrokerTime brokerTime, Duration maxWait, Duration maxAge) {
  /** What happens to a prompt. */
  enum Verdict {
    ANSWER,
    /** It cannot be answered in time: refused at once. */
    REFUSE,
    /** Its deadline has passed. */
    PAST_DEADLINE,
    /** It says nothing of a deadline, and is older than clients wait. */
    TOO_OLD
  }

  /**
   * Decides as a prompt comes in.
   *
   * @param requested when its request was written, by a broker's clock
   * @param wait how long it would wait for a worker
   * @param time that its answer then takes
   */
  Verdict onArrival(Prompt prompt, Instant requested, Duration wait, Duration time) {
    Verdict verdict = onStart(prompt, requested);
    if (verdict != Verdict.ANSWER || wait.isZero()) {
      return verdict;
    }
    Instant answered = clock.instant().plus(wait).plus(time);
    boolean late = prompt.deadline().filter(last -> last.isBefore(answered)).isPresent();
    return late || wait.compareTo(maxWait) > 0 ? Verdict.REFUSE : Verdict.ANSWER;
  }

  /** Decides again when a worker is free. */
  Verdict onStart(Prompt prompt, Instant requested) {
    if (prompt.deadline().isPresent()) {
      boolean past = prompt.deadline().get().isBefore(clock.instant());
      return past ? Verdict.PAST_DEADLINE : Verdict.ANSWER;
    }
    if (requested.plus(maxAge).isBefore(brokerTime.now())) {
      // The clocks may differ: what acknowledges the refusal tells by how much.
      return brokerTime.isKnown() ? Verdict.TOO_OLD : Verdict.REFUSE;
    }
    return Verdict.ANSWER;
  }
}
