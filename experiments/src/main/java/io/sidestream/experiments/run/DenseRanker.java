package io.sidestream.experiments.run;

import io.sidestream.experiments.embedding.EmbeddingSpace;
import io.sidestream.experiments.embedding.Texts;
import io.sidestream.learning.evaluation.EvaluationCase;
import io.sidestream.learning.evaluation.EvaluationQuery;
import io.sidestream.learning.evaluation.Scorer;
import io.sidestream.model.vectors.Vectors;
import io.sidestream.schemas.NormalizedQuery;

/** Exact dense retrieval in one space: items by the cosine of the query's or history's vector. */
final class DenseRanker implements Scorer {
  private final float[][] items; // unit, [row][D]
  private final EmbeddingSpace space;
  private final Texts texts;

  /**
   * @param space with towers for queries and histories
   */
  DenseRanker(EmbeddingSpace space, Texts texts) {
    this.items = space.unitItems();
    this.space = space;
    this.texts = texts;
  }

  @Override
  public float[] scores(EvaluationCase one) {
    float[] prompt = one.query().fold(this::query, this::history);
    float[] scores = new float[items.length];
    for (int row = 0; row < items.length; row++) {
      scores[row] = Vectors.dot(prompt, items[row]);
    }
    return scores;
  }

  private float[] query(EvaluationQuery.Query query) {
    return space.query(NormalizedQuery.of(query.text()), texts::vector);
  }

  private float[] history(EvaluationQuery.History history) {
    return space
        .towers()
        .orElseThrow()
        .history(history.rows().stream().map(row -> items[row]).toList());
  }
}
