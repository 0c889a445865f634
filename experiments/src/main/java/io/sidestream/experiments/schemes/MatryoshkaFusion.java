package io.sidestream.experiments.schemes;

import io.sidestream.experiments.embedding.BiEncoderRecipe;
import io.sidestream.experiments.embedding.EmbeddingSpace;
import io.sidestream.experiments.embedding.EmbeddingSpaces;
import io.sidestream.model.vectors.Vectors;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Concatenated prefixes of two specialists' vectors, by Matryoshka representation learning. */
final class MatryoshkaFusion {
  /*
   * Encoders trained so that a prefix of a vector is a good vector by itself (Kusupati et al.
   * 2022, arXiv 2205.13147) give as many of their first dimensions as their share. No projection
   * is learned afterwards, and either half may be truncated further without training again.
   */
  private MatryoshkaFusion() {}

  /** Lengths of the prefixes that are trained. */
  static List<Integer> prefixes(int dimensions) {
    return List.of(dimensions / 4, dimensions / 2);
  }

  /** Halves that were trained as prefixes. */
  static EmbeddingSpace nested(EmbeddingSpaces spaces) throws IOException {
    return halves(spaces, prefixes(spaces.settings().encoder().dimensions()));
  }

  /** Halves of vectors that were trained as a whole: the control. */
  static EmbeddingSpace truncated(EmbeddingSpaces spaces) throws IOException {
    return halves(spaces, List.of());
  }

  private static EmbeddingSpace halves(EmbeddingSpaces spaces, List<Integer> prefixes)
      throws IOException {
    int dimensions = spaces.settings().encoder().dimensions();
    EmbeddingSpace search = spaces.biEncoder(BiEncoderRecipe.SEARCH_TUNED.nested(prefixes));
    EmbeddingSpace recommendation =
        spaces.biEncoder(BiEncoderRecipe.RECOMMENDATION_TUNED.nested(prefixes));
    return EmbeddingSpace.ofItems(
        ConcatenatedVectors.of(
            prefix(search, dimensions / 2), prefix(recommendation, dimensions / 2)));
  }

  private static float[][] prefix(EmbeddingSpace space, int length) {
    return Arrays.stream(space.items())
        .map(vector -> Vectors.normalize(Arrays.copyOf(vector, length)))
        .toArray(float[][]::new);
  }
}
