package io.sidestream.experiments;

import io.sidestream.learning.quantizer.Quantizer;
import io.sidestream.learning.quantizer.ResidualKMeansQuantizer;
import io.sidestream.model.codes.CodebookShape;

/** The quantizers that experiments use which do not compare quantizers. */
final class Quantizing {
  /*
   * Published is plain residual k-means (by FAISS, on 62,138 items). On some thousand items it gives one code of the second
   * level to hundreds of them (decision 018), and then buckets, not spaces, decide the recall of items. So spaces are
   * compared by residual k-means with bounded loads, which is what ships; the quantizers' own comparison has both.
   */
  /** As published: 2 levels of 256 codes. */
  static final CodebookShape SHAPE = CodebookShape.DEFAULT;

  /** As published: residual k-means. */
  static final Quantizer PUBLISHED = ResidualKMeansQuantizer.plain(SHAPE);

  /** What ships: the same with bounded loads. */
  static final Quantizer STANDARD = ResidualKMeansQuantizer.balanced(SHAPE);

  private Quantizing() {}
}
