package io.sidestream.model.ranking;

import io.sidestream.model.bundle.Assignments;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.fixtures.TinyGeneration;
import io.sidestream.model.vectors.Vectors;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.SemanticId;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Times a scan of all vectors and a change of one item; run by hand, see the README. */
final class CatalogueBenchmark {
  private static final Generation GENERATION = new Generation(1);
  private static final int DIMENSIONS = 256;
  private static final int ROUNDS = 8;
  private static final int CALLS = 20;

  private CatalogueBenchmark() {}

  /** Prints milliseconds per call, round by round; the first rounds are warm-up. */
  public static void main(String[] arguments) {
    for (int items : new int[] {20_000, 60_000}) {
      Random random = new Random(1);
      Assignments corpus = corpus(items, random);
      Catalogue catalogue = Catalogue.of(GENERATION, CodebookShape.DEFAULT, corpus);
      for (int round = 0; round < ROUNDS; round++) {
        System.out.printf(
            Locale.ROOT,
            "%,d items x %d: nearest 200 in %.1f ms, one item changed in %.1f ms%n",
            items,
            DIMENSIONS,
            millis(() -> scan(catalogue, corpus.vectors()[random.nextInt(items)])),
            millis(() -> change(catalogue, random)));
      }
    }
  }

  private static double millis(Runnable call) {
    long start = System.nanoTime();
    for (int i = 0; i < CALLS; i++) {
      call.run();
    }
    return (System.nanoTime() - start) / 1e6 / CALLS;
  }

  private static void scan(Catalogue catalogue, float[] query) {
    catalogue.best(catalogue.cosines(query), 200, Set.of());
  }

  private static void change(Catalogue catalogue, Random random) {
    CodedItem item =
        new CodedItem(
            new ItemId("new"),
            new SemanticId(GENERATION, random.ints(2, 0, 256).toArray()),
            unit(random));
    catalogue.with(List.of(item), List.of(TinyGeneration.itemId(random.nextInt(1000))));
  }

  private static Assignments corpus(int items, Random random) {
    float[][] vectors = new float[items][];
    int[][] codes = new int[items][];
    for (int row = 0; row < items; row++) {
      vectors[row] = unit(random);
      codes[row] = random.ints(2, 0, 256).toArray();
    }
    return new Assignments(
        IntStream.range(0, items).mapToObj(TinyGeneration::itemId).toList(),
        codes,
        vectors,
        new float[items][1],
        new float[items],
        new float[items]);
  }

  private static float[] unit(Random random) {
    float[] vector = new float[DIMENSIONS];
    for (int d = 0; d < DIMENSIONS; d++) {
      vector[d] = (float) random.nextGaussian();
    }
    return Vectors.normalize(vector);
  }
}
