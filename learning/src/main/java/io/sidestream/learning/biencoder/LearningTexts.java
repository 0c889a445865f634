package io.sidestream.learning.biencoder;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.TrainingStep;
import io.sidestream.learning.transformer.TextTransformer;
import io.sidestream.learning.transformer.TextTransformerShape;
import io.sidestream.learning.transformer.TokenBatch;
import java.util.Arrays;

/**
 * Text vectors through the layers that train. Items that a step has in histories only keep the
 * vectors they had: they are many, and each contributes little.
 *
 * <p>Legend: P paired items, R items of the step, B queries, S word pieces, E dimensions.
 */
record LearningTexts(
    BiEncoderCorpus corpus,
    FrozenStates items,
    FrozenStates queries,
    TextTransformerShape shape,
    int firstTrained)
    implements TextSource {
  @Override
  public NDArray items(TrainingStep step, Batch pairs) {
    int[] rows = pairs.rows();
    NDArray learning = vectors(step, items, Arrays.copyOf(rows, pairs.paired())); // (P, E)
    int[] others = Arrays.copyOfRange(rows, pairs.paired(), rows.length);
    if (others.length == 0) {
      return learning;
    }
    float[] flat = Rows.flat(corpus.textVectors(), others);
    return learning.concat(step.floats(flat, others.length, corpus.textDimensions()), 0); // (R, E)
  }

  @Override
  public NDArray queries(TrainingStep step, Batch pairs) {
    return vectors(step, queries, pairs.queries()); // (B, E)
  }

  private NDArray vectors(TrainingStep step, FrozenStates source, int[] texts) {
    TextTransformer bert = new TextTransformer(step, shape);
    TokenBatch batch = source.batch(texts);
    NDArray states = source.states(step, texts); // (T, S, E)
    return bert.pooled(bert.layers(states, batch, firstTrained, shape.layers()), batch); // (T, E)
  }
}
