package io.sidestream.experiments;

import io.sidestream.trainer.quantizer.Quantizer;
import io.sidestream.trainer.quantizer.Quantizers;

/** The quantizer that all experiments use which do not compare quantizers. */
final class Quantizing {
  /** As published: residual k-means of 2 levels of 256 codes. */
  static final Quantizer PUBLISHED = Quantizers.residualKMeans();

  private Quantizing() {}
}
