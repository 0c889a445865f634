package io.sidestream.model.codes;

import static io.sidestream.schemas.Checks.checkRange;

import io.sidestream.schemas.SemanticId;

/**
 * How many codes name an item, and how many there are to choose from.
 *
 * @param levels codes per item, 1 to 8
 * @param width centroids per level, 2 to 65,536
 */
public record CodebookShape(int levels, int width) {
  /** The published shape: two levels of 256. */
  public static final CodebookShape DEFAULT = new CodebookShape(2, 256);

  public CodebookShape {
    checkRange(levels, 1, SemanticId.MAX_LEVELS, "codebook has %d levels");
    checkRange(width, 2, SemanticId.MAX_WIDTH, "codebook is %d wide");
  }
}
