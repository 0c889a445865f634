package io.sidestream.index.replies;

/** Records on their way to the brokers. */
@FunctionalInterface
public interface Delivery {
  /**
   * Returns when the brokers have acknowledged them; brokers that are away are waited for.
   *
   * @throws IllegalStateException when they never will
   */
  void await() throws InterruptedException;
}
