package io.sidestream.experiments.ways;

import io.sidestream.experiments.spaces.BiEncoderRecipe;
import io.sidestream.experiments.spaces.Space;
import io.sidestream.experiments.spaces.Spaces;
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

  /** Halves of the vector's full length, and what they are trained to be good at. */
  static List<Integer> prefixes(int dimensions) {
    return List.of(dimensions / 4, dimensions / 2, dimensions);
  }

  static Space in(Spaces spaces) throws IOException {
    int dimensions = spaces.settings().encoder().dimensions();
    List<Integer> prefixes = prefixes(dimensions);
    Space search = spaces.biEncoder(BiEncoderRecipe.SEARCH_TUNED.nested(prefixes));
    Space recommendation =
        spaces.biEncoder(
            new BiEncoderRecipe(true, false, 0, 1, List.of()).nested(prefixes));
    return Space.ofItems(
        ConcatenatedVectors.of(
            beginning(search, dimensions / 2), beginning(recommendation, dimensions / 2)));
  }

  private static float[][] beginning(Space space, int length) {
    return Arrays.stream(space.items())
        .map(vector -> Vectors.normalize(Arrays.copyOf(vector, length)))
        .toArray(float[][]::new);
  }
}
