package io.sidestream.index.answering;

import io.sidestream.index.answering.PromptQueue.Expected;
import io.sidestream.index.replies.BrokerTime;
import io.sidestream.schemas.Prompt;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

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
    Verdict verdict = onTime(prompt.deadline(), requested);
    return verdict == Verdict.ANSWER && waitsTooLong(prompt.deadline(), time.now(), expected)
        ? Verdict.REFUSE
        : verdict;
  }

  private boolean waitsTooLong(Optional<Instant> deadline, Instant arrived, Expected expected) {
    if (expected.queued().isZero()) {
      return false;
    }
    Instant answered = arrived.plus(expected.queued()).plus(expected.answer());
    boolean late = isDueBefore(deadline, answered);
    boolean crowded = expected.most().compareTo(maxWait) > 0;
    Duration limit = crowded ? maxWait.dividedBy(CROWDED) : maxWait;
    return late || expected.queued().compareTo(limit) > 0;
  }

  /**
   * Whether the prompt of a request would be refused as it comes in; not while the brokers' time is
   * not known, and not where it would be dropped.
   *
   * @param onItsWay how long a prompt takes from its request until it comes in
   */
  boolean refusesAhead(
      Optional<Instant> deadline, Instant requested, Duration onItsWay, Expected expected) {
    Instant now = time.now();
    Instant arrives = requested.plus(onItsWay);
    return time.isKnown()
        && onTime(deadline, requested) == Verdict.ANSWER
        && waitsTooLong(deadline, arrives.isAfter(now) ? arrives : now, expected);
  }

  /**
   * Decides again when a worker is free.
   *
   * @param waited since it came in: what was expected may be far off before the first answers
   * @param answering how long its answer will take; zero where no other waits, so that it is tried
   */
  Verdict onStart(Prompt prompt, Instant requested, Duration waited, Duration answering) {
    Verdict verdict = onTime(prompt.deadline(), requested);
    boolean tooLong = waited.compareTo(maxWait.plus(GRACE)) > 0;
    boolean late = isDueBefore(prompt.deadline(), time.now().plus(answering));
    return verdict == Verdict.ANSWER && (tooLong || late) ? Verdict.REFUSE : verdict;
  }

  private static boolean isDueBefore(Optional<Instant> deadline, Instant answered) {
    return deadline.filter(last -> last.isBefore(answered)).isPresent();
  }

  private Verdict onTime(Optional<Instant> deadline, Instant requested) {
    Instant last = deadline.orElseGet(() -> requested.plus(maxAge));
    if (!last.isBefore(time.now())) {
      return Verdict.ANSWER;
    }
    if (!time.isKnown()) {
      // The clocks may differ: what acknowledges the refusal tells by how much.
      return Verdict.REFUSE;
    }
    return deadline.isPresent() ? Verdict.PAST_DEADLINE : Verdict.TOO_OLD;
  }
}
