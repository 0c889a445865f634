package io.sidestream.learning.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.sidestream.model.onnx.Device;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FusedAdamWTest {
  private static final AdamW.Settings SETTINGS = new AdamW.Settings(0.9, 0.98, 1e-8, 0.1, 0.5);

  /** A weight, the means of its gradients and of their squares. */
  private record State(NDArray weight, NDArray mean, NDArray square) {
    static State of(NDManager manager, int size, SplittableRandom random) {
      return new State(
          Tensors.floats(manager, Gaussian.samples(random, size, 1), size),
          manager.zeros(new Shape(size)),
          manager.zeros(new Shape(size)));
    }
  }

  /**
   * One number, a block and a part of one, and as many as several threads move. The library's
   * square roots may be off in their last bit.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2_500, 200_001})
  void move_someSteps_equalsTensorOperations(int size) {
    try (NDManager manager = Tensors.manager(Device.CPU)) {
      State fused = State.of(manager, size, new SplittableRandom(1));
      State other = State.of(manager, size, new SplittableRandom(1));
      float[] first = fused.weight().toFloatArray();
      SplittableRandom random = new SplittableRandom(2);
      for (int step = 1; step <= 4; step++) {
        FusedAdamW move =
            new FusedAdamW(
                SETTINGS,
                0.1 * step,
                0.01 / AdamW.correction(0.9, step),
                step % 2 == 0 ? 1 : 1 - 0.01 * 0.3,
                Math.sqrt(AdamW.correction(0.98, step)));
        float[] numbers = Gaussian.samples(random, size, Math.pow(10, -step));
        numbers[0] = 0;
        NDArray gradient = Tensors.floats(manager, numbers, size);
        move.move(fused.weight(), gradient, fused.mean(), fused.square());
        AdamW.byOperations(move, other.weight(), gradient, other.mean(), other.square());
      }
      assertArrayEquals(other.mean().toFloatArray(), fused.mean().toFloatArray());
      assertArrayEquals(other.square().toFloatArray(), fused.square().toFloatArray());
      assertArrayEquals(other.weight().toFloatArray(), fused.weight().toFloatArray(), 1e-6f);
      assertFalse(Arrays.equals(first, fused.weight().toFloatArray()));
    }
  }
}
