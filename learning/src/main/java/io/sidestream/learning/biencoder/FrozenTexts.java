package io.sidestream.learning.biencoder;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.TrainingStep;

/** Text vectors that stay as they were computed. */
record FrozenTexts(BiEncoderCorpus corpus) implements TextSource {
  @Override
  public NDArray items(TrainingStep step, Batch pairs) {
    return rows(step, corpus.textVectors(), pairs.rows()); // (R, E)
  }

  @Override
  public NDArray queries(TrainingStep step, Batch pairs) {
    return rows(step, corpus.queryVectors(), pairs.queries()); // (B, E)
  }

  private NDArray rows(TrainingStep step, float[][] table, int[] rows) {
    return step.floats(Rows.flat(table, rows), rows.length, corpus.textDimensions());
  }
}
