package io.sidestream.experiments;

import io.sidestream.model.codes.CodebookShape;
import io.sidestream.trainer.quantizer.Quantizer;
import io.sidestream.trainer.quantizer.ResidualKMeansQuantizer;
import java.util.List;

/** The quantizers that are compared, by their published names; ours last. */
final class Quantizing {
  /** As published: residual k-means of 2 levels of 256 codes. */
  static final Quantizer PUBLISHED = ResidualKMeansQuantizer.plain(CodebookShape.DEFAULT);

  static final List<Quantizer> ALL =
      List.of(PUBLISHED, ResidualKMeansQuantizer.balanced(CodebookShape.DEFAULT));

  private Quantizing() {}
}
