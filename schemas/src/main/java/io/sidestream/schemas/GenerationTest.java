package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkRange;

import java.time.Instant;
import java.util.List;

/**
 * What open generations made of one prompt whose answers no user sees: an event as a test of them,
 * or a request that a candidate answers as well. It says nothing of whose prompt it was.
 *
 * @param answers that of the live generation, then that of the candidate if there is one, else of
 *     the one that served before if it is open
 */
public record GenerationTest(Task task, Instant at, List<GivenAnswer> answers) {
  /** What was asked for. */
  public enum Task {
    SEARCH,
    RECOMMENDATION
  }

  /** What became of the item of an event. */
  public enum Outcome {
    HIT,
    MISS,
    /** The generation does not have the item. */
    UNKNOWN_ITEM,
    /** A request was answered, not an event tested. */
    NONE
  }

  /**
   * The answer of one generation.
   *
   * @param micros how long it took, microseconds
   * @param items best first
   */
  public record GivenAnswer(
      Generation generation, Outcome outcome, long micros, List<ItemId> items) {
    public GivenAnswer {
      check(micros >= 0, "an answer took %d microseconds, expected 0 or more", micros);
      checkRange(items.size(), 0, AnswerLimits.MAX_K, "answer holds %d items");
      items = List.copyOf(items);
    }
  }

  public GenerationTest {
    checkRange(answers.size(), 1, 2, "answers of %d generations");
    answers = List.copyOf(answers);
    GivenAnswer live = answers.get(0);
    GivenAnswer last = answers.get(answers.size() - 1);
    check(
        answers.size() == 1 || !last.generation().equals(live.generation()),
        "generation %s is compared with itself",
        live.generation());
    check(
        (live.outcome() == Outcome.NONE) == (last.outcome() == Outcome.NONE),
        "outcomes are %s and %s, expected both of an event or none",
        live.outcome(),
        last.outcome());
  }
}
