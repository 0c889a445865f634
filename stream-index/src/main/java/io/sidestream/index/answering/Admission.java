package io.sidestream.index.answering;

import io.sidestream.index.replies.BrokerTime;
import io.sidestream.schemas.Prompt;
import java.time.Duration;
import java.time.Instant;

/**
 * Decides what happens to a prompt before a model is run.
 *
 * @param time of the brokers: requests bear it, and deadlines pass by it
 * @param maxWait longest wait for a worker
 * @param maxAge of a request without a deadline that is answered
 */
record Admission(BrokerTime time, Duration maxWait, Duration maxAge) {
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
   * @param answering how long its answer then takes
   */
  Verdict onArrival(Prompt prompt, Instant requested, Duration wait, Duration answering) {
    Verdict verdict = onStart(prompt, requested);
    if (verdict != Verdict.ANSWER || wait.isZero()) {
      return verdict;
    }
    Instant answered = time.now().plus(wait).plus(answering);
    boolean late = prompt.deadline().filter(last -> last.isBefore(answered)).isPresent();
    return late || wait.compareTo(maxWait) > 0 ? Verdict.REFUSE : Verdict.ANSWER;
  }

  /** Decides again when a worker is free. */
  Verdict onStart(Prompt prompt, Instant requested) {
    Instant last = prompt.deadline().orElseGet(() -> requested.plus(maxAge));
    if (!last.isBefore(time.now())) {
      return Verdict.ANSWER;
    }
    if (!time.isKnown()) {
      // The clocks may differ: what acknowledges the refusal tells by how much.
      return Verdict.REFUSE;
    }
    return prompt.deadline().isPresent() ? Verdict.PAST_DEADLINE : Verdict.TOO_OLD;
  }
}
