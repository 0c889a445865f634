package io.sidestream.learning.pretrained;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import io.sidestream.learning.decoding.NextLogits;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.TrainingStep;
import java.util.ArrayList;
import java.util.List;

/** One prompt, encoded once, and what may follow what has been written. Closed by its maker. */
final class T5Decoder implements NextLogits, AutoCloseable {
  /** Prefixes that go through the decoder together: bounds memory, 64 rows of scores. */
  private static final int AT_ONCE = 64;

  private final Parameters parameters;
  private final T5Shape shape;
  private final TrainingStep prompt; // holds the memory
  private final NDArray memory; // (1, S, M)

  T5Decoder(Parameters parameters, T5Shape shape, long[] tokens) {
    this.parameters = parameters;
    this.shape = shape;
    this.prompt = TrainingStep.computing(parameters);
    TokenBatch batch = TokenBatch.of(List.of(tokens), shape.padToken());
    this.memory = new T5(prompt, shape).encode(batch);
  }

  @Override
  public float[][] after(List<int[]> prefixes) {
    float[][] logits = new float[prefixes.size()][];
    for (int from = 0; from < logits.length; from += AT_ONCE) {
      List<int[]> some = prefixes.subList(from, Math.min(logits.length, from + AT_ONCE));
      fill(logits, from, some);
    }
    return logits;
  }

  private void fill(float[][] logits, int from, List<int[]> prefixes) {
    List<long[]> begun = new ArrayList<>();
    prefixes.forEach(prefix -> begun.add(begun(prefix)));
    TokenBatch batch = TokenBatch.of(begun, shape.padToken());
    try (TrainingStep step = TrainingStep.computing(parameters)) {
      T5 model = new T5(step, shape);
      NDArray hidden = step.floats(new float[1], 1, 1, 1, 1);
      NDArray decoded = model.decode(memory, hidden, batch); // (B, T, M)
      NDArray last = decoded.get(new NDIndex(":, -1, :")); // (B, M)
      float[] rows = model.logits(last).toFloatArray(); // (B, V)
      int vocabulary = rows.length / prefixes.size();
      for (int row = 0; row < prefixes.size(); row++) {
        logits[from + row] = new float[vocabulary];
        System.arraycopy(rows, row * vocabulary, logits[from + row], 0, vocabulary);
      }
    }
  }

  private long[] begun(int[] prefix) {
    long[] begun = new long[prefix.length + 1];
    begun[0] = shape.startToken();
    for (int i = 0; i < prefix.length; i++) {
      begun[i + 1] = prefix[i];
    }
    return begun;
  }

  @Override
  public void close() {
    prompt.close();
  }
}
