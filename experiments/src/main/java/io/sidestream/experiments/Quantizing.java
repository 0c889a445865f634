package io.sidestream.experiments;

import io.sidestream.model.codes.CodebookShape;
import io.sidestream.trainer.quantizer.DictionaryLearning;
import io.sidestream.trainer.quantizer.FlatKMeans;
import io.sidestream.trainer.quantizer.Quantizer;
import io.sidestream.trainer.quantizer.ResidualKMeansQuantizer;
import io.sidestream.trainer.quantizer.UniqueIds;
import java.util.List;

/** The quantizers that are compared, by their published names; ours last. */
final class Quantizing {
  /** As published: residual k-means of 2 levels of 256 codes. */
  static final Quantizer PUBLISHED = ResidualKMeansQuantizer.plain(CodebookShape.DEFAULT);

  /** Of about as many tokens each, where the method leaves a choice. */
  static final List<Quantizer> ALL =
      List.of(
          PUBLISHED,
          DictionaryLearning.of(CodebookShape.DEFAULT),
          FlatKMeans.asManyTokensAs(CodebookShape.DEFAULT),
          ResidualKMeansQuantizer.balanced(CodebookShape.DEFAULT),
          new UniqueIds(ResidualKMeansQuantizer.balanced(CodebookShape.DEFAULT)));

  private Quantizing() {}
}
