package io.sidestream.learning.biencoder;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.TrainingStep;
import io.sidestream.learning.transformer.TextTransformer;
import io.sidestream.learning.transformer.TextTransformerShape;
import io.sidestream.learning.transformer.TokenBatch;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The hidden states of each text after the frozen layers, computed on first use and cached as far
 * as there is room.
 *
 * <p>Legend: T texts, S word pieces of the longest, E dimensions.
 */
final class FrozenStates {
  /** Room for the states of about seven thousand texts of 48 pieces. */
  static final long MAX_BYTES = 512L << 20;

  private final Parameters parameters;
  private final TextTransformerShape shape;
  private final int layers;
  private final long[][] pieces;
  private final float[][] kept; // [text][piece * E + dimension], null until computed
  private long room;

  /**
   * @param layers how many of the first do not train
   * @param pieces of each text, shape [text][pieces]
   */
  FrozenStates(
      Parameters parameters,
      TextTransformerShape shape,
      int layers,
      long[][] pieces,
      long mostBytes) {
    this.parameters = parameters;
    this.shape = shape;
    this.layers = layers;
    this.pieces = pieces;
    this.kept = new float[pieces.length][];
    this.room = mostBytes;
  }

  /** The tokens of some texts. */
  TokenBatch batch(int[] texts) {
    return TokenBatch.of(IntStream.of(texts).mapToObj(text -> pieces[text]).toList(), 0);
  }

  /** Their states, shape (T, S, E), 0 after a text's end. */
  NDArray states(TrainingStep step, int[] texts) {
    float[][] states = new float[texts.length][];
    int[] missing = IntStream.range(0, texts.length).filter(t -> kept[texts[t]] == null).toArray();
    float[][] computed = compute(IntStream.of(missing).map(t -> texts[t]).toArray());
    for (int m = 0; m < missing.length; m++) {
      states[missing[m]] = computed[m];
      keep(texts[missing[m]], computed[m]);
    }
    for (int t = 0; t < texts.length; t++) {
      states[t] = states[t] == null ? kept[texts[t]] : states[t];
    }
    return padded(step, states);
  }

  private void keep(int text, float[] states) {
    long bytes = (long) states.length * Float.BYTES;
    if (kept[text] == null && bytes <= room) {
      kept[text] = states;
      room -= bytes;
    }
  }

  private float[][] compute(int[] texts) {
    if (texts.length == 0) {
      return new float[0][];
    }
    TokenBatch batch = batch(texts);
    try (TrainingStep step = TrainingStep.computing(parameters)) {
      TextTransformer bert = new TextTransformer(step, shape);
      float[] all = bert.layers(bert.embed(batch), batch, 0, layers).toFloatArray(); // (T, S, E)
      int stride = batch.length() * shape.dimensions();
      float[][] states = new float[texts.length][];
      for (int t = 0; t < states.length; t++) {
        int size = batch.lengths()[t] * shape.dimensions();
        states[t] = Arrays.copyOfRange(all, t * stride, t * stride + size);
      }
      return states;
    }
  }

  private NDArray padded(TrainingStep step, float[][] states) {
    int longest = Arrays.stream(states).mapToInt(state -> state.length).max().orElse(0);
    float[] flat = new float[states.length * longest];
    for (int t = 0; t < states.length; t++) {
      System.arraycopy(states[t], 0, flat, t * longest, states[t].length);
    }
    int dimensions = shape.dimensions();
    return step.floats(flat, states.length, longest / dimensions, dimensions); // (T, S, E)
  }
}
