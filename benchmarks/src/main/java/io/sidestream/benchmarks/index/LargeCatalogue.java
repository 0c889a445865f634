package io.sidestream.benchmarks.index;

import io.sidestream.benchmarks.measure.RandomDraws;
import io.sidestream.model.bundle.Assignments;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.vectors.Vectors;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.SemanticId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Catalogues of any size by a seed: items lie around the centroids of their codes, first codes are
 * as unequal as Zipf's law makes them, counts fall with an item's number. One thread.
 */
final class LargeCatalogue {
  static final Generation GENERATION = new Generation(1);
  static final CodebookShape SHAPE = CodebookShape.DEFAULT;

  private static final double FIRST_CODES = 0.5; // exponent of Zipf's law
  private static final double SECOND_LEVEL = 0.6; // length of its centroids
  private static final double NOISE = 0.5;
  private static final double MOST_INTERACTIONS = 10_000;

  private final int dimensions;
  private final SplittableRandom random;
  private final float[][] coarse;
  private final float[][] fine;
  private final double[] cumulative = new double[SHAPE.width()]; // of first codes

  LargeCatalogue(int dimensions, long seed) {
    this.dimensions = dimensions;
    this.random = new SplittableRandom(seed);
    this.coarse = units(SHAPE.width());
    this.fine = units(SHAPE.width());
    double sum = 0;
    for (int code = 0; code < cumulative.length; code++) {
      sum += Math.pow(code + 1.0, -FIRST_CODES);
      cumulative[code] = sum;
    }
  }

  private float[][] units(int count) {
    float[][] units = new float[count][];
    for (int i = 0; i < count; i++) {
      units[i] = unit();
    }
    return units;
  }

  /** A vector of length 1 in any direction. */
  float[] unit() {
    float[] vector = new float[dimensions];
    for (int d = 0; d < dimensions; d++) {
      vector[d] = (float) RandomDraws.gaussian(random);
    }
    return Vectors.normalize(vector);
  }

  /** The items of a corpus. */
  Assignments corpus(int items) {
    List<ItemId> ids = new ArrayList<>(items);
    int[][] codes = new int[items][];
    float[][] vectors = new float[items][];
    float[] interactions = new float[items];
    for (int row = 0; row < items; row++) {
      ids.add(id(row));
      codes[row] = codes();
      vectors[row] = vector(codes[row]);
      interactions[row] = (float) Math.floor(MOST_INTERACTIONS / (1 + row % 1_000));
    }
    return new Assignments(
        ids, codes, vectors, new float[items][0], interactions, new float[items]);
  }

  /** The id of an item, sorted as its number. */
  static ItemId id(int number) {
    return new ItemId(String.format(Locale.ROOT, "i%09d", number));
  }

  /** An item of the corpus with other codes and another vector. */
  CodedItem changed(int items) {
    int[] codes = codes();
    return new CodedItem(
        id(random.nextInt(items)), new SemanticId(GENERATION, codes), vector(codes));
  }

  /** A number below. */
  int number(int below) {
    return random.nextInt(below);
  }

  private int[] codes() {
    double drawn = random.nextDouble() * cumulative[cumulative.length - 1];
    int first = 0;
    while (cumulative[first] < drawn) {
      first++;
    }
    return new int[] {first, random.nextInt(SHAPE.width())};
  }

  private float[] vector(int[] codes) {
    float[] noise = unit();
    for (int d = 0; d < dimensions; d++) {
      noise[d] =
          (float) (coarse[codes[0]][d] + SECOND_LEVEL * fine[codes[1]][d] + NOISE * noise[d]);
    }
    return Vectors.normalize(noise);
  }
}
