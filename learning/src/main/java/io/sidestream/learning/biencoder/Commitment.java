package io.sidestream.learning.biencoder;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.codes.CodebookShape;

/**
 * The commitment loss: how strongly item vectors are drawn to the centroids of their codes.
 *
 * @param weight of the mean squared distance, 0 or more; 0 turns it off
 * @param shape of the codebook that will quantize the vectors
 */
public record Commitment(double weight, CodebookShape shape) {
  /** No commitment loss. */
  public static final Commitment NONE = new Commitment(0, CodebookShape.DEFAULT);

  public Commitment {
    check(
        weight >= 0 && Double.isFinite(weight),
        "weight of the commitment is %s, expected 0 or more",
        weight);
  }
}
