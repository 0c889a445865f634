package io.sidestream.learning.evaluation;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.generator.Task;
import java.util.List;
import java.util.function.Function;

/** The prompt of a case. */
public sealed interface EvaluationQuery permits EvaluationQuery.Query, EvaluationQuery.History {
  /** The value of whichever case this is. */
  <T> T fold(Function<Query, T> query, Function<History, T> history);

  /** The task that this is a prompt for. */
  default Task task() {
    return fold(query -> Task.SEARCH, history -> Task.RECOMMENDATION);
  }

  /** Words, as the user typed them. */
  record Query(String text) implements EvaluationQuery {
    public Query {
      check(!text.isBlank(), "query of a case is blank");
    }

    @Override
    public <T> T fold(Function<Query, T> query, Function<History, T> history) {
      return query.apply(this);
    }
  }

  /**
   * Items that a user interacted with.
   *
   * @param rows each once, the most recent one last; at least one
   */
  record History(List<Integer> rows) implements EvaluationQuery {
    public History {
      rows = List.copyOf(rows);
      check(!rows.isEmpty(), "history of a case is empty");
    }

    /** The most recent items, oldest first. */
    public List<Integer> last(int max) {
      return rows.subList(Math.max(0, rows.size() - max), rows.size());
    }

    @Override
    public <T> T fold(Function<Query, T> query, Function<History, T> history) {
      return history.apply(this);
    }
  }
}
