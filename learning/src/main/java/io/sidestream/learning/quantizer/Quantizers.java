package io.sidestream.learning.quantizer;

import io.sidestream.model.codes.CodebookShape;
import java.util.List;

/** The quantizers there are, with the settings they have by default. */
public final class Quantizers {
  private Quantizers() {}

  /** The published ones first, then ours. A new one joins this list. */
  public static List<Quantizer> all(CodebookShape shape) {
    Quantizer plain = ResidualKMeansQuantizer.plain(shape);
    Quantizer balanced = ResidualKMeansQuantizer.balanced(shape);
    return List.of(
        plain,
        ResidualQuantizedVae.of(shape),
        ResidualLookupFree.of(shape),
        DictionaryLearning.of(shape),
        FlatKMeans.asManyTokensAs(shape),
        ResidualQuantizedVae.of(shape).withRestarts(),
        ProductQuantizer.of(shape),
        balanced,
        new UniqueIds(plain),
        new UniqueIds(balanced));
  }
}
