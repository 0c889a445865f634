package io.sidestream.learning.tensor;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;

/** Dropout whose mask the engine draws where the tensor is. */
final class EngineDropout {
  /*
   * A mask drawn in Java would cross the bus, 0.8 GB a step for a T5 of 12 layers. The engine's
   * generator is seeded before each mask: the mask depends on the seed alone, whatever else drew
   * from that generator. Equal on one kind of device; a GPU draws other numbers than a processor.
   */
  private EngineDropout() {}

  /** Zeroes a share of x and scales the rest up. */
  static NDArray apply(NDArray x, double rate, int seed) {
    Engine.getInstance().setRandomSeed(seed);
    return x.getNDArrayInternal().dropout(x, (float) rate, true).singletonOrThrow();
  }
}
