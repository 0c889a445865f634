package io.sidestream.learning.sequence;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.generator.GeneratorPrompt;
import java.util.List;

/**
 * What a sequence generator learns from, or is validated by.
 *
 * @param users each position of their sequences but the first is an example
 * @param histories histories with the next item
 * @param searches queries with the item that was chosen
 */
public record SequenceExamples(
    List<UserSequence> users, List<History> histories, List<Search> searches) {
  /** Nothing. */
  public static final SequenceExamples NONE = new SequenceExamples(List.of(), List.of(), List.of());

  /**
   * A history with the next item; only its answer is an example.
   *
   * @param rows oldest first, at least one
   */
  public record History(List<Integer> rows, int next) {
    public History {
      rows = List.copyOf(rows);
      check(!rows.isEmpty(), "history of an example is empty");
    }
  }

  /**
   * A query with the item that was chosen.
   *
   * @param prompt marker and word pieces, and the query's vector
   * @param weight how often it is drawn in proportion to others, above 0
   */
  public record Search(GeneratorPrompt prompt, int row, double weight) {
    public Search {
      check(weight > 0, "search weighs %s, expected above 0", weight);
    }
  }

  public SequenceExamples {
    users = List.copyOf(users);
    histories = List.copyOf(histories);
    searches = List.copyOf(searches);
  }
}
