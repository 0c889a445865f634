package io.sidestream.experiments.schemes;

import io.sidestream.experiments.embedding.BiEncoderRecipe;
import io.sidestream.experiments.embedding.EmbeddingSpace;
import io.sidestream.experiments.embedding.EmbeddingSpaces;
import io.sidestream.model.vectors.Vectors;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** The beginnings of two specialists' vectors, trained to serve alone, side by side. */
final class MatryoshkaFusion {
  /*
   * Unequal spaces are fused by what each says first: encoders trained so that a vector's beginning is a good vector by
   * itself (Kusupati et al. 2022, arXiv 2205.13147) give as many of their first dimensions as their share. No projection is
   * learned afterwards, and either half may be cut shorter without training again.
   */
  private MatryoshkaFusion() {}

  /** Lengths at which a vector's beginning must serve alone. */
  static List<Integer> prefixes(int dimensions) {
    return List.of(dimensions / 4, dimensions / 2);
  }

  /** Halves that were trained to serve alone. */
  static EmbeddingSpace nested(EmbeddingSpaces spaces) throws IOException {
    return halves(spaces, prefixes(spaces.settings().encoder().dimensions()));
  }

  /** Halves of vectors whose beginnings were never asked to serve alone: the control. */
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
            beginning(search, dimensions / 2), beginning(recommendation, dimensions / 2)));
  }

  private static float[][] beginning(EmbeddingSpace space, int length) {
    return Arrays.stream(space.items())
        .map(vector -> Vectors.normalize(Arrays.copyOf(vector, length)))
        .toArray(float[][]::new);
  }
}
