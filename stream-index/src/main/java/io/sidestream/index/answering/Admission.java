package io.sidestream.index.answering;

import io.sidestream.index.answering.PromptQueue.Expected;
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
  /*
   * A queue that takes what waits up to the limit is, while more come than can be answered, always
   * that long: each answer is as late as one may be, and none comes sooner for it. A burst needs
   * the room, a flood does not. So once a wait beyond the limit was expected, a quarter of it is
   * the limit until none waits: workers stay busy, and what they answer is of use. [1] Nichols,
   * Jacobson 2012, Controlling Queue Delay; [2] Maurer 2015, Fail at Scale
   */
  private static final int CROWDED = 4;

  /** By how much a wait may be longer than was expected of it. */
  static final Duration GRACE = Duration.ofSeconds(1);

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
   */
  Verdict onArrival(Prompt prompt, Instant requested, Expected expected) {
    Verdict verdict = onTime(prompt, requested);
    if (verdict != Verdict.ANSWER || expected.queued().isZero()) {
      return verdict;
    }
    boolean late = isDueBefore(prompt, time.now().plus(expected.queued()).plus(expected.answer()));
    boolean crowded = expected.most().compareTo(maxWait) > 0;
    Duration limit = crowded ? maxWait.dividedBy(CROWDED) : maxWait;
    return late || expected.queued().compareTo(limit) > 0 ? Verdict.REFUSE : Verdict.ANSWER;
  }

  /**
   * Decides again when a worker is free.
   *
   * @param waited since it came in: what was expected may be far off before the first answers
   * @param answering how long its answer will take; zero where no other waits, so that it is tried
   */
  Verdict onStart(Prompt prompt, Instant requested, Duration waited, Duration answering) {
    Verdict verdict = onTime(prompt, requested);
    boolean tooLong = waited.compareTo(maxWait.plus(GRACE)) > 0;
    boolean late = isDueBefore(prompt, time.now().plus(answering));
    return verdict == Verdict.ANSWER && (tooLong || late) ? Verdict.REFUSE : verdict;
  }

  /** Whether it has a deadline before that time. */
  private static boolean isDueBefore(Prompt prompt, Instant answered) {
    return prompt.deadline().filter(last -> last.isBefore(answered)).isPresent();
  }

  private Verdict onTime(Prompt prompt, Instant requested) {
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
