package io.sidestream.benchmarks.measure;

import io.sidestream.model.vectors.Vectors;
import java.util.SplittableRandom;

/** Unit vectors in clusters of unequal size, by a seed: item, query and history. One thread. */
public final class ClusteredVectors {
  /*
   * The law. An item is unit(t + 0.7 s + 0.7 n): t is one of 1,000 topics, drawn by Zipf's law of
   * exponent 0.7; s one of the topic's 50 sub-topics, each as likely; n is the item's own. All
   * three are Gaussian, the deviation of dimension j in proportion to (1 + j)^-decay and the
   * expected length 1: vectors fill the first dimensions more than the last, as those of trained
   * encoders fill their leading directions. At 128 dimensions, decay 0.8 and 2 x 256 codes leave a
   * quarter of the squared length (trained ones leave about as much), decay 0.5 nearly half. A
   * query is unit(item + 0.5 n). A history's items are of three topics, each that of a drawn item.
   */
  private static final int TOPICS = 1_000;
  private static final int SUB_TOPICS = 50; // of a topic
  private static final double TOPIC_EXPONENT = 0.7;
  private static final float SUB_TOPIC = 0.7f;
  private static final float OWN = 0.7f;
  private static final float QUERY = 0.5f;

  private final SplittableRandom random;
  private final float[] deviations; // [dimension]
  private final float[][] topics;
  private final float[][] subTopics; // [topic * SUB_TOPICS + sub-topic]
  private final double[] cumulative = new double[TOPICS];

  public ClusteredVectors(int dimensions, double decay, long seed) {
    this.random = new SplittableRandom(seed);
    this.deviations = new float[dimensions];
    double squares = 0;
    for (int d = 0; d < dimensions; d++) {
      squares += Math.pow(1 + d, -2 * decay);
    }
    for (int d = 0; d < dimensions; d++) {
      deviations[d] = (float) (Math.pow(1 + d, -decay) / Math.sqrt(squares));
    }
    double sum = 0;
    for (int topic = 0; topic < TOPICS; topic++) {
      sum += Math.pow(1 + topic, -TOPIC_EXPONENT);
      cumulative[topic] = sum;
    }
    this.topics = gaussians(TOPICS);
    this.subTopics = gaussians(TOPICS * SUB_TOPICS);
  }

  /** A topic, the larger the likelier. */
  public int topic() {
    double drawn = random.nextDouble() * cumulative[TOPICS - 1];
    int low = 0;
    int high = TOPICS - 1;
    while (low < high) {
      int middle = (low + high) / 2;
      if (cumulative[middle] < drawn) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** An item of a topic. */
  public float[] item(int topic) {
    float[] own = gaussian();
    float[] sub = subTopics[topic * SUB_TOPICS + random.nextInt(SUB_TOPICS)];
    for (int d = 0; d < own.length; d++) {
      own[d] = topics[topic][d] + SUB_TOPIC * sub[d] + OWN * own[d];
    }
    return Vectors.normalize(own);
  }

  /** A query for an item. */
  public float[] query(float[] item) {
    float[] query = gaussian();
    for (int d = 0; d < query.length; d++) {
      query[d] = item[d] + QUERY * query[d];
    }
    return Vectors.normalize(query);
  }

  /** A number below. */
  public int number(int below) {
    return random.nextInt(below);
  }

  private float[][] gaussians(int count) {
    float[][] gaussians = new float[count][];
    for (int i = 0; i < count; i++) {
      gaussians[i] = gaussian();
    }
    return gaussians;
  }

  private float[] gaussian() {
    float[] gaussian = new float[deviations.length];
    for (int d = 0; d < gaussian.length; d++) {
      gaussian[d] = (float) (deviations[d] * RandomDraws.gaussian(random));
    }
    return gaussian;
  }
}
