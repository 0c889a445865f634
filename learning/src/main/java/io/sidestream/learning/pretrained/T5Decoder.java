package io.sidestream.learning.pretrained;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import io.sidestream.learning.decoding.GroupBeamSearch.NextLogits;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.Tensors;
import io.sidestream.learning.tensor.TrainingStep;
import io.sidestream.learning.transformer.Dropout;
import io.sidestream.learning.transformer.TokenBatch;
import java.util.ArrayList;
import java.util.List;

/** Next-token scores after one prompt, which is encoded once. Closed by its maker. */
final class T5Decoder implements NextLogits, AutoCloseable {
  /** Prefixes that go through the decoder together: bounds memory, 64 rows of scores. */
  private static final int AT_ONCE = 64;

  private final Parameters parameters;
  private final T5Config config;
  private final TrainingStep prompt; // holds the memory
  private final NDArray memory; // (1, S, M)

  T5Decoder(Parameters parameters, T5Config config, long[] tokens) {
    this.parameters = parameters;
    this.config = config;
    this.prompt = TrainingStep.computing(parameters);
    TokenBatch batch = TokenBatch.of(List.of(tokens), config.padToken());
    this.memory = new T5Model(prompt, config, Dropout.NONE).encode(batch);
  }

  /** How many tensors live until it is closed. */
  int tensors() {
    return prompt.manager().getManagedArrays().size();
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
    TokenBatch batch = TokenBatch.of(begun, config.padToken());
    try (TrainingStep step = TrainingStep.computing(parameters)) {
      T5Model model = new T5Model(step, config, Dropout.NONE);
      NDArray mask = step.floats(new float[1], 1, 1, 1, 1);
      NDArray decoded = model.decode(step.own(memory), mask, batch); // (B, T, M)
      NDArray last = decoded.get(new NDIndex(":, -1, :")); // (B, M)
      float[][] rows = Tensors.rows(model.logits(last)); // (B, V)
      System.arraycopy(rows, 0, logits, from, rows.length);
    }
  }

  private long[] begun(int[] prefix) {
    long[] begun = new long[prefix.length + 1];
    begun[0] = config.startToken();
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
