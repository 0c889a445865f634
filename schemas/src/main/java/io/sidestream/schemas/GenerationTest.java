package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkRange;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What open generations made of one prompt whose answers no user sees: an event as a test of them,
 * or a request that a candidate answers as well. It says nothing of whose prompt it was.
 *
 * @param answers that of the live generation, then that of the candidate if there is one, then, of
 *     an event, that of the generation that served before if it is open
 */
public record GenerationTest(Task task, Instant at, List<GivenAnswer> answers) {
  /** Generations that are tested at once: live, candidate and the one before. */
  public static final int MAX_ANSWERS = 3;

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
    checkRange(answers.size(), 1, MAX_ANSWERS, "answers of %d generations");
    answers = List.copyOf(answers);
    Outcome first = answers.get(0).outcome();
    Set<Generation> compared = new HashSet<>();
    for (GivenAnswer answer : answers) {
      check(
          compared.add(answer.generation()),
          "generation %s is compared with itself",
          answer.generation());
      check(
          (first == Outcome.NONE) == (answer.outcome() == Outcome.NONE),
          "outcomes are %s and %s, expected all of an event or none",
          first,
          answer.outcome());
    }
  }

  /** The answer of a generation that is compared with the live one. */
  public Optional<GivenAnswer> beside(Generation generation) {
    return answers.stream().skip(1).filter(one -> one.generation().equals(generation)).findFirst();
  }
}
