package io.sidestream.learning.biencoder;

import static io.sidestream.schemas.Checks.check;

/**
 * The sizes of a BERT encoder.
 *
 * @param dimensions of a hidden state (E), a multiple of the heads
 * @param heads of each attention
 */
record BertShape(int layers, int dimensions, int heads) {
  /** MiniLM-L6. */
  static final BertShape MINI = new BertShape(6, 384, 12);

  BertShape {
    check(
        heads > 0 && dimensions % heads == 0,
        "%d dimensions do not divide among %d heads",
        dimensions,
        heads);
  }
}
