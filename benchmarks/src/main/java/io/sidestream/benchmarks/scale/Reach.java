package io.sidestream.benchmarks.scale;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Draws the first codes of a request's beams. First codes lie on a ring, near ones have near
 * centroids; a request has some places on it, drawn by Zipf's law, and each beam is near one of
 * them by a geometric distance.
 */
final class Reach {
  private final int beams;
  private final int interests;
  private final double spread;
  private final double[] cumulative; // by place
  private final int[] codes; // of places: the popular ones lie anywhere on the ring

  Reach(ScaleOptions options, SplittableRandom random) {
    beams = options.beams();
    interests = options.interests();
    spread = options.spread();
    codes = shuffled(options.firstCodes(), random);
    cumulative = new double[options.firstCodes()];
    double sum = 0;
    for (int place = 0; place < cumulative.length; place++) {
      sum += Math.pow(place + 1.0, -options.skew());
      cumulative[place] = sum;
    }
  }

  /** The first code of each beam of one request. */
  int[] draw(SplittableRandom random) {
    int[] places = new int[interests];
    Arrays.setAll(places, i -> place(random));
    int[] drawn = new int[beams];
    Arrays.setAll(drawn, i -> near(places[random.nextInt(interests)], random));
    return drawn;
  }

  private int place(SplittableRandom random) {
    double point = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, point);
    return codes[Math.min(found < 0 ? -found - 1 : found, codes.length - 1)];
  }

  private int near(int code, SplittableRandom random) {
    double uniform = 1 - random.nextDouble(); // never 0
    int distance = (int) (spread * -Math.log(uniform));
    return Math.floorMod(random.nextBoolean() ? code + distance : code - distance, codes.length);
  }

  private static int[] shuffled(int count, SplittableRandom random) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
