package io.sidestream.experiments;

import io.sidestream.learning.quantizer.Quantizer;
import io.sidestream.learning.quantizer.ResidualKMeansQuantizer;
import io.sidestream.model.codes.CodebookShape;

/** The quantizers of the experiments that do not compare quantizers. */
final class StandardQuantizers {
  /*
   * The paper uses plain residual k-means (FAISS, on 62,138 items). On some thousand items it
   * gives one code of the second level to hundreds of them (decision 018), so that collisions,
   * not spaces, decide the recall of items. Spaces are therefore compared by residual k-means
   * with bounded loads, as in the full system; the quantizers' own comparison has both.
   */
  /** As published: 2 levels of 256 codes. */
  static final CodebookShape SHAPE = CodebookShape.DEFAULT;

  /** As published: residual k-means. */
  static final Quantizer PUBLISHED = ResidualKMeansQuantizer.plain(SHAPE);

  /** The full system's: the same with bounded loads. */
  static final Quantizer BALANCED = ResidualKMeansQuantizer.balanced(SHAPE);

  private StandardQuantizers() {}
}
