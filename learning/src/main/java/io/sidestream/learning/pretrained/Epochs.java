package io.sidestream.learning.pretrained;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Batches of examples, shuffled in each epoch, without end. */
final class Epochs {
  private final int examples;
  private final int batch;
  private final int epochs;
  private final SplittableRandom random;
  private final int[] order;
  private int at;

  Epochs(int examples, int batch, int epochs, SplittableRandom random) {
    this.examples = examples;
    this.batch = batch;
    this.epochs = epochs;
    this.random = random;
    this.order = IntStream.range(0, examples).toArray();
  }

  /** Batches in all epochs. */
  long steps() {
    return perEpoch() * epochs;
  }

  private long perEpoch() {
    return (examples + batch - 1L) / batch;
  }

  /** Whether an epoch begins with the batch of this number, from 0. */
  boolean begins(long step) {
    return step % perEpoch() == 0;
  }

  /** The examples of the next batch; the last of an epoch may be smaller. */
  int[] next() {
    if (at == 0) {
      shuffle();
    }
    int[] next = Arrays.copyOfRange(order, at, Math.min(examples, at + batch));
    at = at + batch >= examples ? 0 : at + batch;
    return next;
  }

  private void shuffle() {
    for (int i = examples - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
  }
}
