package io.sidestream.learning.biencoder;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.TrainingStep;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What a step sees of its items beside their texts: collaborative vectors and vectors of their own,
 * some of them dropped.
 *
 * <p>Legend: R items of the step, C collaborative dimensions, D dimensions.
 */
final class ItemInputs {
  /** Vectors of some items (R, D), and which of them lack nothing: 1 there, else 0, shape [R]. */
  record Seen(NDArray vectors, float[] whole) {
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
  private final ItemEmbeddingSettings free;

  ItemInputs(BiEncoderCorpus corpus, Objective objective) {
    this.corpus = corpus;
    this.dropout = objective.collaborativeDropout();
    this.free = objective.free();
  }

  /**
   * The vectors of some items, unit, a share of them without all their parts.
   *
   * @param rows of the items, [R]
   * @param text of the items, shape (R, E)
   */
  Seen items(TrainingStep step, int[] rows, NDArray text, SplittableRandom random) {
    float[] events = Rows.flat(corpus.collaborative(), rows);
    float[] own = new float[rows.length];
    float[] whole = new float[rows.length];
    for (int place = 0; place < rows.length; place++) {
      boolean byTextAlone = random.nextDouble() < dropout;
      boolean without = byTextAlone || random.nextDouble() < free.dropout();
      own[place] = without || !corpus.met()[rows[place]] ? 0 : 1;
      whole[place] = without ? 0 : 1;
      if (byTextAlone) {
        int width = corpus.collaborativeDimensions();
        Arrays.fill(events, place * width, (place + 1) * width, 0);
      }
    }
    return new Seen(items(step, rows, text, events, own), whole);
  }

  /** The vectors of some items as they are once learned, nothing dropped. Shape (R, D). */
  NDArray whole(TrainingStep step, int[] rows, NDArray text) {
    float[] own = new float[rows.length];
    for (int place = 0; place < rows.length; place++) {
      own[place] = corpus.met()[rows[place]] ? 1 : 0;
    }
    return items(step, rows, text, Rows.flat(corpus.collaborative(), rows), own);
  }

  private NDArray items(TrainingStep step, int[] rows, NDArray text, float[] events, float[] own) {
    Heads heads = new Heads(step);
    NDArray collaborative =
        step.floats(events, rows.length, corpus.collaborativeDimensions()); // (R, C)
    if (!free.learned()) {
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
