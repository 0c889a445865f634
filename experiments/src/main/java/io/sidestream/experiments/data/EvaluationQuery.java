package io.sidestream.experiments.data;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.generator.Task;
import java.util.List;
import java.util.function.Function;

/** What a case asks a system with. */
public sealed interface EvaluationQuery permits EvaluationQuery.Query, EvaluationQuery.History {
  /** The value of whichever case this is. */
  <T> T fold(Function<Query, T> query, Function<History, T> history);

  /** The task that this is a prompt for. */
  default Task task() {
    return fold(query -> Task.SEARCH, history -> Task.RECOMMENDATION);
  }

  /** Words, as somebody typed them. */
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
   * Items that a person met.
   *
   * @param rows each once, the one met last at the end; at least one
   */
  record History(List<Integer> rows) implements EvaluationQuery {
    public History {
      rows = List.copyOf(rows);
      check(!rows.isEmpty(), "history of a case is empty");
    }

    /** The newest items, at most so many, oldest first. */
    public List<Integer> last(int most) {
      return rows.subList(Math.max(0, rows.size() - most), rows.size());
    }

    @Override
    public <T> T fold(Function<Query, T> query, Function<History, T> history) {
      return history.apply(this);
    }
  }
}
