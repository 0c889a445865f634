package io.sidestream.experiments.baselines;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.experiments.data.Asked;
import io.sidestream.experiments.data.Case;
import io.sidestream.experiments.evaluation.Scorer;
import io.sidestream.model.vectors.Vectors;
import java.util.Arrays;
import java.util.function.Function;

/** Exact search by cosine: a query by its vector, a history by the mean of its newest items'. */
public final class Dense implements Scorer {
  private final float[][] items; // [row][dimension], unit length
  private final Function<String, float[]> queries;
  private final int last;

  /**
   * @param items a vector for each item, of any length, shape [row][dimension]; of zeros where
   *     there is none: such an item scores 0
   * @param queries gives the vector of a query, in the space of the items'; any number of threads
   * @param last how many of a history's items count, 1 or more
   */
  public Dense(float[][] items, Function<String, float[]> queries, int last) {
    check(last > 0, "%d items of a history count, expected 1 or more", last);
    this.items =
        Arrays.stream(items).map(item -> Vectors.normalize(item.clone())).toArray(float[][]::new);
    this.queries = queries;
    this.last = last;
  }

  @Override
  public float[] scores(Case one) {
    return scores(Vectors.normalize(one.asked().fold(query -> query(query.text()), this::history)));
  }

  private float[] query(String text) {
    float[] vector = queries.apply(text);
    check(
        vector.length == items[0].length,
        "query has %d dimensions, items have %d",
        vector.length,
        items[0].length);
    return vector.clone();
  }

  private float[] history(Asked.History history) {
    float[] sum = new float[items[0].length];
    for (int row : history.last(last)) {
      for (int d = 0; d < sum.length; d++) {
        sum[d] += items[row][d];
      }
    }
    return sum;
  }

  private float[] scores(float[] prompt) {
    float[] scores = new float[items.length];
    for (int row = 0; row < items.length; row++) {
      scores[row] = Vectors.dot(items[row], prompt);
    }
    return scores;
  }
}
