package io.sidestream.learning.biencoder;

import io.sidestream.learning.biencoder.BiEncoderCorpus.HistoryItem;
import io.sidestream.learning.biencoder.BiEncoderCorpus.ItemItem;
import io.sidestream.learning.biencoder.BiEncoderCorpus.QueryItem;
import io.sidestream.model.vectors.Towers;
import io.sidestream.model.vectors.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Items in hidden groups: texts hint at the group under much noise, collaborative vectors name the
 * taste, a different grouping. Queries ask for groups, histories follow tastes.
 */
final class ToyWorld {
  static final int ITEMS = 120;
  static final int GROUPS = 12;
  static final int TASTES = 8;
  static final int TEXT = 24;
  static final int COLLABORATIVE = 10;

  private static final double TEXT_NOISE = 0.35;
  private static final double COLLABORATIVE_NOISE = 1.2;

  private final SplittableRandom random;
  private final float[][] groups;
  private final float[][] askedGroups;
  private final float[][] tastes;

  ToyWorld(long seed) {
    random = new SplittableRandom(seed);
    groups = gaussians(GROUPS, TEXT);
    askedGroups = gaussians(GROUPS, TEXT);
    tastes = gaussians(TASTES, COLLABORATIVE);
  }

  static int group(int row) {
    return row % GROUPS;
  }

  static int taste(int row) {
    return row * 7 / 3 % TASTES;
  }

  BiEncoderCorpus corpus() {
    float[][] texts = new float[ITEMS][];
    float[][] collaborative = new float[ITEMS][];
    for (int row = 0; row < ITEMS; row++) {
      texts[row] = text(row);
      collaborative[row] = noisy(tastes[taste(row)], COLLABORATIVE_NOISE);
    }
    boolean[] interacted = new boolean[ITEMS];
    Arrays.fill(interacted, true);
    return new BiEncoderCorpus(
        List.of(),
        texts,
        collaborative,
        List.of(),
        queries(),
        queryItems(),
        itemItems(),
        nextItems(),
        interacted);
  }

  /** A text such as an item of the same group as this row has. */
  float[] text(int row) {
    return noisy(groups[group(row)], TEXT_NOISE);
  }

  /** Share of the groups whose query has a majority of its own items among its first ten. */
  static double searchRecall(Towers towers, BiEncoderCorpus corpus) {
    int hits = 0;
    float[][] items = items(towers, corpus);
    for (int query = 0; query < GROUPS; query++) {
      for (int row : nearest(towers.query(corpus.queryVectors()[query]), items, 10)) {
        hits += group(row) == query ? 1 : 0;
      }
    }
    return hits / (10.0 * GROUPS);
  }

  /** Share of items of the history's taste among the ten nearest to it. */
  static double recommendationRecall(Towers towers, BiEncoderCorpus corpus) {
    int hits = 0;
    float[][] items = items(towers, corpus);
    for (HistoryItem example : corpus.nextItems().subList(0, 50)) {
      float[] history = towers.history(example.history().stream().map(row -> items[row]).toList());
      for (int row : nearest(history, items, 10)) {
        hits += taste(row) == taste(example.row()) ? 1 : 0;
      }
    }
    return hits / 500.0;
  }

  static float[][] items(Towers towers, BiEncoderCorpus corpus) {
    return IntStream.range(0, corpus.items())
        .mapToObj(
            row -> towers.item(corpus.textVectors()[row], Optional.of(corpus.collaborative()[row])))
        .toArray(float[][]::new);
  }

  static List<Integer> nearest(float[] to, float[][] items, int count) {
    return IntStream.range(0, items.length)
        .boxed()
        .sorted(Comparator.comparingDouble(row -> -Vectors.dot(to, items[row])))
        .limit(count)
        .toList();
  }

  private float[][] queries() {
    return Arrays.stream(askedGroups).map(group -> noisy(group, 0)).toArray(float[][]::new);
  }

  private List<QueryItem> queryItems() {
    return IntStream.range(0, ITEMS).mapToObj(row -> new QueryItem(group(row), row, 1)).toList();
  }

  private List<ItemItem> itemItems() {
    List<ItemItem> pairs = new ArrayList<>();
    for (int row = 0; row < ITEMS; row++) {
      for (int other = row + 1; other < ITEMS; other++) {
        if (taste(row) == taste(other) && random.nextInt(3) == 0) {
          pairs.add(new ItemItem(row, other, 1 + random.nextInt(4)));
        }
      }
    }
    return pairs;
  }

  private List<HistoryItem> nextItems() {
    List<HistoryItem> examples = new ArrayList<>();
    for (int user = 0; user < 200; user++) {
      int taste = user % TASTES;
      List<Integer> rows =
          random.ints(0, ITEMS).filter(row -> taste(row) == taste).limit(5).boxed().toList();
      examples.add(new HistoryItem(rows.subList(0, 4), rows.get(4), 1));
    }
    return examples;
  }

  private float[] noisy(float[] center, double noise) {
    float[] vector = center.clone();
    for (int d = 0; d < vector.length; d++) {
      vector[d] += (float) (noise * random.nextGaussian());
    }
    return Vectors.normalize(vector);
  }

  private float[][] gaussians(int count, int dimensions) {
    float[][] vectors = new float[count][dimensions];
    for (float[] vector : vectors) {
      for (int d = 0; d < dimensions; d++) {
        vector[d] = (float) random.nextGaussian();
      }
    }
    return vectors;
  }
}
