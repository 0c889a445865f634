package io.sidestream.learning.tensor;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/** How many threads work on one operation of the tensor library. */
public final class TensorThreads {
  /*
   * A step has some thousand operations, and threads wait passively for their part of each (they
   * would spin otherwise, on cores that others need). To wake them costs more than a second core
   * brings where operations are small. Measured on two cores, steps of the sequence generator: of
   * 32 x 50 x 64 numbers .10 s with one thread and .15 with two, of 64 x 100 x 128 .88 and .65.
   */

  /** Numbers of a layer's states from which on all threads work. */
  static final int MANY = 1 << 18;

  private TensorThreads() {}

  /**
   * Computes with as many threads as pay.
   *
   * @param numbers of a layer's states in one step
   */
  public static <T> T forStates(long numbers, Supplier<T> work) {
    Engine.getInstance(); // which has its own number from its beginning
    int all = JniUtils.getNumThreads();
    if (numbers >= MANY) {
      return work.get();
    }
    JniUtils.setNumThreads(1);
    try {
      return work.get();
    } finally {
      JniUtils.setNumThreads(all);
    }
  }
}
