package io.sidestream.experiments.lab;

import io.sidestream.experiments.data.Asked;
import io.sidestream.experiments.data.Case;
import io.sidestream.experiments.evaluation.Ranker;
import io.sidestream.experiments.evaluation.Ranking;
import io.sidestream.experiments.spaces.Texts;
import io.sidestream.model.vectors.Towers;
import io.sidestream.model.vectors.Vectors;
import io.sidestream.schemas.NormalizedQuery;
import java.util.List;
import java.util.OptionalInt;

/**
 * Exact search in one space: items by their cosine with the query's or history's vector, ties by
 * row.
 *
 * @param items unit vectors, shape [row][D]
 */
record DenseRanker(float[][] items, Towers towers, Texts texts) implements Ranker {
  @Override
  public Ranking rank(Case one) {
    float[] asked = one.asked().fold(this::query, this::history);
    float wanted = Vectors.dot(asked, items[one.wanted()]);
    int before = 0;
    for (int row = 0; row < items.length; row++) {
      float cosine = Vectors.dot(asked, items[row]);
      boolean first = cosine > wanted || (cosine == wanted && row < one.wanted());
      before += first && !one.excluded().contains(row) ? 1 : 0;
    }
    return new Ranking(before, OptionalInt.empty());
  }

  private float[] query(Asked.Query query) {
    return towers.query(texts.vector(NormalizedQuery.of(query.text())));
  }

  private float[] history(Asked.History history) {
    List<float[]> met = history.rows().stream().map(row -> items[row]).toList();
    return towers.history(met);
  }
}
