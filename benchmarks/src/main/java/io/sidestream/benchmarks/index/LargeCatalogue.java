package io.sidestream.benchmarks.index;

import io.sidestream.benchmarks.measure.ClusteredVectors;
import io.sidestream.learning.codebook.ResidualKMeans;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.bundle.Assignments;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.codes.ResidualCodebook;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.SemanticId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Catalogues of any size by a seed: clustered vectors with the codes of a codebook fitted to some
 * of them; counts fall with an item's number. One thread.
 */
public final class LargeCatalogue {
  public static final Generation GENERATION = new Generation(1);
  static final CodebookShape SHAPE = CodebookShape.DEFAULT;

  private static final int FITTED = 30_000; // vectors that the codebook is fitted to
  private static final int ITERATIONS = 8;
  private static final int HISTORY_TOPICS = 3;
  private static final double MOST_INTERACTIONS = 10_000;

  private final ClusteredVectors drawn;
  private final ResidualCodebook codebook;
  private final NearestCodes codes;
  private int[] topics = {}; // by number of an item
  private int[][] ofTopic = {}; // the numbers of a topic's items

  public LargeCatalogue(int dimensions, double decay, long seed) {
    this.drawn = new ClusteredVectors(dimensions, decay, seed);
    float[][] sample = new float[FITTED][];
    Arrays.setAll(sample, i -> drawn.item(drawn.topic()));
    this.codebook =
        ResidualKMeans.fit(
                sample, SHAPE, ITERATIONS, Double.POSITIVE_INFINITY, seed, TrainingProgress.NONE)
            .codebook();
    this.codes = new NearestCodes(codebook);
  }

  public ResidualCodebook codebook() {
    return codebook;
  }

  /** The items of a corpus. */
  public Assignments corpus(int items) {
    List<ItemId> ids = new ArrayList<>(items);
    int[][] all = new int[items][];
    float[][] vectors = new float[items][];
    float[] interactions = new float[items];
    topics = new int[items];
    for (int row = 0; row < items; row++) {
      ids.add(id(row));
      topics[row] = drawn.topic();
      vectors[row] = drawn.item(topics[row]);
      all[row] = codes.of(vectors[row]);
      interactions[row] = (float) Math.floor(MOST_INTERACTIONS / (1 + row % 1_000));
    }
    ofTopic = byTopic(topics);
    return new Assignments(ids, all, vectors, new float[items][0], interactions, new float[items]);
  }

  private static int[][] byTopic(int[] topics) {
    int[] counts = new int[Arrays.stream(topics).max().orElse(0) + 1];
    for (int topic : topics) {
      counts[topic]++;
    }
    int[][] numbers = new int[counts.length][];
    Arrays.setAll(numbers, topic -> new int[counts[topic]]);
    for (int number = topics.length - 1; number >= 0; number--) {
      numbers[topics[number]][--counts[topics[number]]] = number;
    }
    return numbers;
  }

  /** The id of an item, sorted as its number. */
  static ItemId id(int number) {
    return new ItemId(String.format(Locale.ROOT, "i%09d", number));
  }

  /** An item of the corpus with other codes and another vector. */
  CodedItem changed() {
    float[] vector = drawn.item(drawn.topic());
    return new CodedItem(
        id(drawn.number(topics.length)), new SemanticId(GENERATION, codes.of(vector)), vector);
  }

  /** A query for an item like those of the corpus. */
  float[] query() {
    return drawn.query(drawn.item(topics[drawn.number(topics.length)]));
  }

  /** Different items of three topics, each that of a drawn item; fewer where there are no more. */
  public List<ItemId> history(int items) {
    int[] interests = new int[HISTORY_TOPICS];
    Arrays.setAll(interests, i -> topics[drawn.number(topics.length)]);
    List<ItemId> history = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      int[] some = ofTopic[interests[drawn.number(HISTORY_TOPICS)]];
      ItemId item = id(some[drawn.number(some.length)]);
      if (!history.contains(item)) {
        history.add(item);
      }
    }
    return history;
  }
}
