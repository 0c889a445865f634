package io.sidestream.experiments;

import io.sidestream.model.codes.CodebookShape;
import io.sidestream.trainer.quantizer.Quantizer;
import io.sidestream.trainer.quantizer.ResidualKMeansQuantizer;

/** The quantizer that all experiments use which do not compare quantizers. */
final class Quantizing {
  /** As published: 2 levels of 256 codes. */
  static final CodebookShape SHAPE = CodebookShape.DEFAULT;

  /** As published: residual k-means. */
  static final Quantizer PUBLISHED = ResidualKMeansQuantizer.plain(SHAPE);

  private Quantizing() {}
}
