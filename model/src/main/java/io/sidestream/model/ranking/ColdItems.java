package io.sidestream.model.ranking;

import io.sidestream.model.bundle.RankingFeature;
import io.sidestream.model.generator.Task;
import io.sidestream.schemas.pairs.Transition;
import java.util.Map;
import java.util.Objects;

/**
 * Popularity of some rows, and the features of cold items, which fade as events arrive.
 *
 * <p>With n events since the training, a cold item has popularity log(1 + n), predicted popularity
 * p / (1 + n), cold cosine c / (1 + n) and cold 1 / (1 + n): help ends where its own events speak.
 */
final class ColdItems {
  /*
   * Events since the training are known by the transitions to the item, which serving counts on: an
   * event adds at most EVENT to the incoming total, as much when its user met twenty items before.
   * So n is the least number of events that there can have been. Transitions are counted of
   * interactions alone: in search n is 0, since clicks since the training are not known.
   */
  private static final double EVENT = event();

  private ColdItems() {}

  private static double event() {
    long sum = 0;
    for (int lag = 1; lag <= Transition.MAX_LAG; lag++) {
      sum += Transition.weight(lag);
    }
    return sum;
  }

  /** How many events there were, at least, that brought an incoming total in millionths. */
  static double events(long incoming) {
    return incoming / EVENT;
  }

  /** Adds the features of these rows, each of shape [i]; their cosines are there already. */
  static void add(
      Map<RankingFeature, float[]> features,
      int[] rows,
      Task task,
      Catalogue catalogue,
      Neighbours neighbours) {
    float[] logPopularity = new float[rows.length];
    float[] predicted = new float[rows.length];
    float[] cosines = Objects.requireNonNull(features.get(RankingFeature.DENSE));
    float[] coldCosines = new float[rows.length];
    float[] cold = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      if (catalogue.isCold(rows[i])) {
        double events =
            task == Task.SEARCH ? 0 : events(neighbours.incoming(catalogue.item(rows[i])));
        logPopularity[i] = (float) Math.log1p(events);
        predicted[i] = (float) (catalogue.predictedLogPopularity(rows[i], task) / (1 + events));
        coldCosines[i] = (float) (cosines[i] / (1 + events));
        cold[i] = (float) (1 / (1 + events));
      } else {
        logPopularity[i] = catalogue.logPopularity(rows[i], task);
      }
    }
    features.put(RankingFeature.POPULARITY, logPopularity);
    features.put(RankingFeature.PREDICTED_POPULARITY, predicted);
    features.put(RankingFeature.COLD_DENSE, coldCosines);
    features.put(RankingFeature.COLD, cold);
  }
}
