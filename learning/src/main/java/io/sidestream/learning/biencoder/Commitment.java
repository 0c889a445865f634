package io.sidestream.learning.biencoder;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.codes.CodebookShape;

/**
 * How much item vectors are drawn towards what codes will say of them.
 *
 * @param weight of the mean squared distance, 0 or more; 0 leaves codes out of it
 * @param shape of the codebook that vectors will be given
 */
public record Commitment(double weight, CodebookShape shape) {
  /** Vectors go where their tasks want them. */
  public static final Commitment NONE = new Commitment(0, CodebookShape.DEFAULT);

  public Commitment {
    check(
        weight >= 0 && Double.isFinite(weight),
        "weight of the commitment is %s, expected 0 or more",
        weight);
  }
}
