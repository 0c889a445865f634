package io.sidestream.learning.biencoder;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.TrainingStep;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The item tower's inputs beside texts in one step: collaborative vectors and item embeddings, with
 * dropout.
 *
 * <p>Legend: R items of the step, C collaborative dimensions, D dimensions.
 */
final class ItemInputs {
  /**
   * Vectors of some items (R, D), and 1 for those with nothing dropped, else 0, shape [R]; not
   * copied, since they live for one step.
   */
  record Encoded(NDArray vectors, float[] whole) {
    int wholeCount() {
      int count = 0;
      for (float one : whole) {
        count += one > 0 ? 1 : 0;
      }
      return count;
    }
  }

  private final BiEncoderCorpus corpus;
  private final double dropout;
  private final ItemEmbeddingSettings itemEmbedding;

  ItemInputs(BiEncoderCorpus corpus, Objective objective) {
    this.corpus = corpus;
    this.dropout = objective.collaborativeDropout();
    this.itemEmbedding = objective.itemEmbedding();
  }

  /**
   * The unit vectors of some items, with dropout.
   *
   * @param rows of the items, [R]
   * @param text of the items, shape (R, E)
   */
  Encoded items(TrainingStep step, int[] rows, NDArray text, SplittableRandom random) {
    float[] events = Rows.flat(corpus.collaborative(), rows);
    float[] own = new float[rows.length];
    float[] whole = new float[rows.length];
    for (int place = 0; place < rows.length; place++) {
      boolean textOnly = random.nextDouble() < dropout;
      boolean without = textOnly || random.nextDouble() < itemEmbedding.dropout();
      own[place] = without || !corpus.interacted()[rows[place]] ? 0 : 1;
      whole[place] = without ? 0 : 1;
      if (textOnly) {
        int width = corpus.collaborativeDimensions();
        Arrays.fill(events, place * width, (place + 1) * width, 0);
      }
    }
    return new Encoded(items(step, rows, text, events, own), whole);
  }

  /** The unit vectors of some items, without dropout. Shape (R, D). */
  NDArray whole(TrainingStep step, int[] rows, NDArray text) {
    float[] own = new float[rows.length];
    for (int place = 0; place < rows.length; place++) {
      own[place] = corpus.interacted()[rows[place]] ? 1 : 0;
    }
    return items(step, rows, text, Rows.flat(corpus.collaborative(), rows), own);
  }

  private NDArray items(TrainingStep step, int[] rows, NDArray text, float[] events, float[] own) {
    Heads heads = new Heads(step);
    NDArray collaborative =
        step.floats(events, rows.length, corpus.collaborativeDimensions()); // (R, C)
    if (!itemEmbedding.learned()) {
      return heads.items(text, collaborative); // (R, D)
    }
    long[] indices = Arrays.stream(rows).asLongStream().toArray();
    return heads.items(
        text,
        collaborative,
        step.indices(indices, rows.length), // (R)
        step.floats(own, rows.length, 1)); // (R, D)
  }
}
