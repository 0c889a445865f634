package io.sidestream.model.ranking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.model.bundle.Assignments;
import io.sidestream.model.bundle.BundleReader;
import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.bundle.PopularityPrediction;
import io.sidestream.model.bundle.RankingFeature;
import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.codes.ResidualCodebook;
import io.sidestream.model.fixtures.TinyGeneration;
import io.sidestream.model.generator.Task;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.vectors.Vectors;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemBoost;
import io.sidestream.schemas.ItemFilter;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.Selection;
import io.sidestream.schemas.SemanticId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeListsTest {
  private static final int ITEMS = 300;
  private static final int WIDTH = 32;
  private static final ListSettings ALL_LISTS = new ListSettings(0, 1, 10_000);

  @TempDir Path root;

  /** Law: with all lists looked through and all rows measured, answers are those of a scan. */
  @Test
  void answer_allLists_isTheAnswerOfAScan() throws IOException {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("answer_allLists_isTheAnswerOfAScan seed " + seed);
    Random random = new Random(seed);
    Path bundle = new TinyGeneration(new Generation(3), ITEMS, 7).publish(root);
    try (OpenGeneration open = BundleReader.open(bundle, OnnxSessions.cpu(1))) {
      Retriever retriever = retriever(open);
      Catalogue scanned = Catalogue.of(open);
      Catalogue listed = Catalogue.of(open, ALL_LISTS);
      Catalogue growing = Catalogue.of(open, new ListSettings(ITEMS, 1, 10_000));
      for (int round = 0; round < 12; round++) {
        List<CodedItem> puts = new ArrayList<>();
        for (int i = random.nextInt(20); i >= 0; i--) {
          puts.add(open.code(TinyGeneration.item(random.nextInt(ITEMS * 3 / 2)), Optional.empty()));
        }
        List<ItemId> gone = List.of(TinyGeneration.itemId(random.nextInt(ITEMS)));
        scanned = scanned.with(puts, gone);
        listed = listed.with(puts, gone);
        growing = growing.with(puts, gone);
        for (Prompt prompt : prompts(random)) {
          Answer expected = retriever.answer(prompt, scanned);
          assertEquals(expected, retriever.answer(prompt, listed), "seed " + seed);
          assertEquals(expected, retriever.answer(prompt, growing), "seed " + seed);
          assertEquals(expected, retriever.answer(prompt, listed.scanned()), "seed " + seed);
        }
      }
      float[] query = open.towers().query(open.encoder().encode("film"));
      assertInstanceOf(ListNearness.class, listed.near(query));
      assertInstanceOf(ListNearness.class, growing.near(query));
      assertInstanceOf(ExactNearness.class, scanned.near(query));
      assertInstanceOf(ExactNearness.class, listed.scanned().near(query));
    }
  }

  /** With weight on every feature, and attributes by the number of an item. */
  private static Retriever retriever(OpenGeneration open) {
    RankingWeights weights = RankingWeights.DEFAULT;
    for (RankingFeature feature : RankingFeature.values()) {
      weights = weights.of(feature) == 0 ? weights.with(feature, 0.3) : weights;
    }
    RankingWeights both = weights;
    return new Retriever(
        PromptEncoder.of(open),
        QueryCache.NONE,
        open.generator(),
        WordIndexes.of(open),
        LiveCounts.NONE,
        item -> Optional.of(Map.of("kind", List.of(item.value().hashCode() % 3 == 0 ? "a" : "b"))),
        new Manifest.Ranking(of(both, Task.SEARCH), of(both, Task.RECOMMENDATION), 10, 20, 5));
  }

  private static RankingWeights of(RankingWeights all, Task task) {
    RankingWeights weights = all;
    for (RankingFeature feature : RankingFeature.values()) {
      weights = feature.isOf(task) ? weights : weights.with(feature, 0);
    }
    return weights;
  }

  private static List<Prompt> prompts(Random random) {
    ItemFilter kind =
        new ItemFilter("kind", List.of("a"), List.of(), Optional.empty(), Optional.empty());
    ItemId one = TinyGeneration.itemId(random.nextInt(ITEMS));
    List<Prompt> prompts = new ArrayList<>();
    for (Selection selection :
        List.of(
            Selection.ALL,
            new Selection(List.of(kind), random.nextInt(20), 0.4),
            new Selection(
                List.of(), 0, 0, List.of(new ItemBoost(kind, random.nextDouble() - 0.5))))) {
      prompts.add(
          new Prompt.ForSearch(
              "film number " + random.nextInt(ITEMS),
              20,
              Set.of(one),
              Optional.empty(),
              false,
              selection));
      prompts.add(
          new Prompt.ForRecommendation(
              List.of(one), true, 20, Set.of(one), Optional.empty(), false, selection));
    }
    prompts.add(new Prompt.ForSearch("", 20, Set.of(one), Optional.empty()));
    return prompts;
  }

  /** What is found of the exact top 30, and what of it among a few eligible rows. */
  @Test
  void best_clusteredVectors_findsNearlyAllOfTheExactTop() {
    int items = 12_000;
    int dimensions = 64;
    long seed = 11;
    Random random = new Random(seed);
    ResidualCodebook codebook = codebook(dimensions, random);
    int[][] codes = codes(items, random);
    float[][] vectors = clustered(codebook, codes, random);
    Assignments corpus = corpus(vectors, codes);
    Catalogue listed =
        Catalogue.of(
            new Generation(1),
            codebook,
            corpus,
            PopularityPrediction.NONE,
            new ListSettings(items - 1, 0.3, 400));
    Catalogue scanned = listed.scanned();
    int found = 0;
    int queries = 40;
    for (int query = 0; query < queries; query++) {
      float[] vector = near(vectors[random.nextInt(items)], 0.5f, random);
      EligibleRows all = EligibleRows.of(search(Set.of()), listed, ItemAttributes.NONE);
      int[] exact = scanned.near(vector).best(30, all);
      int[] byLists = listed.near(vector).best(30, all);
      assertEquals(30, byLists.length);
      found += (int) IntStream.of(exact).filter(row -> contains(byLists, row)).count();
    }
    double recall = found / (30.0 * queries);
    assertTrue(recall >= 0.99, "recall " + recall + ", seed " + seed);
  }

  /** A page is filled although no eligible row is near the query. */
  @Test
  void best_eligibleRowsFarFromTheQuery_areFound() {
    int items = 3_000;
    Random random = new Random(5);
    ResidualCodebook codebook = codebook(64, random);
    int[][] codes = codes(items, random);
    float[][] vectors = clustered(codebook, codes, random);
    Catalogue listed =
        Catalogue.of(
            new Generation(1),
            codebook,
            corpus(vectors, codes),
            PopularityPrediction.NONE,
            new ListSettings(0, 0.01, 50));
    float[] query = vectors[0];
    float[] cosines = listed.cosines(query);
    float[] sorted = cosines.clone();
    Arrays.sort(sorted);
    for (int far : new int[] {40, 700}) { // fewer than are measured, and more
      ItemFilter filter =
          new ItemFilter("far", List.of("yes"), List.of(), Optional.empty(), Optional.empty());
      ItemAttributes attributes =
          item ->
              Optional.of(
                  Map.of(
                      "far",
                      List.of(
                          cosines[listed.row(item).orElseThrow()] < sorted[far] ? "yes" : "no")));
      Prompt prompt =
          new Prompt.ForSearch(
              "q", 30, Set.of(), Optional.empty(), false, new Selection(List.of(filter), 0));
      EligibleRows eligible = EligibleRows.of(prompt, listed, attributes);
      int[] best = listed.near(query).best(30, eligible);
      assertEquals(30, best.length);
      assertTrue(IntStream.of(best).allMatch(eligible));
      if (far == 40) {
        assertArrayEquals(listed.scanned().near(query).best(30, eligible), best);
      }
    }
  }

  @Test
  void settings_outsideTheirRange_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ListSettings(-1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new ListSettings(0, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new ListSettings(0, 1.01, 1));
    assertThrows(IllegalArgumentException.class, () -> new ListSettings(0, 1, 0));
  }

  /** The estimate from signs is right on average, and near. */
  @Test
  void beyondCodes_randomVectors_estimatesTheResidualsProduct() {
    int dimensions = 100;
    Random random = new Random(3);
    ResidualCodebook codebook =
        new ResidualCodebook(
            new CodebookShape(1, 2), dimensions, new float[][] {new float[2 * dimensions]});
    CodeLists lists = new CodeLists(codebook, ALL_LISTS);
    assertEquals(2, lists.words());
    SketchedVectors vectors = new SketchedVectors(lists, 500);
    float[] query = near(new float[dimensions], 1, random);
    double bias = 0;
    double squares = 0;
    for (int row = 0; row < 500; row++) {
      float[] vector = near(query, 3f, random);
      vectors.set(row, new int[] {0}, vector);
      double error = vectors.beyondCodes(row, lists.sketch(query)) - Vectors.dot(query, vector);
      bias += error / 500;
      squares += error * error / 500;
    }
    assertEquals(0, bias, 0.02);
    assertTrue(Math.sqrt(squares) < 0.1, "deviation " + Math.sqrt(squares));
  }

  private static boolean contains(int[] rows, int row) {
    return IntStream.of(rows).anyMatch(one -> one == row);
  }

  private static Prompt search(Set<ItemId> excluded) {
    return new Prompt.ForSearch("q", 30, excluded, Optional.empty());
  }

  /** Vectors around the sums of the centroids of their codes. */
  private static float[][] clustered(ResidualCodebook codebook, int[][] codes, Random random) {
    return Arrays.stream(codes)
        .map(of -> near(codebook.decode(of), 0.6f, random))
        .toArray(float[][]::new);
  }

  private static int[][] codes(int items, Random random) {
    int[][] codes = new int[items][];
    Arrays.setAll(codes, i -> random.ints(2, 0, WIDTH).toArray());
    return codes;
  }

  /** A unit vector at about this distance, before it is scaled. */
  private static float[] near(float[] center, float distance, Random random) {
    float[] vector = center.clone();
    for (int d = 0; d < vector.length; d++) {
      vector[d] += (float) (distance * random.nextGaussian() / Math.sqrt(vector.length));
    }
    return Vectors.normalize(vector);
  }

  private static ResidualCodebook codebook(int dimensions, Random random) {
    float[][] centroids = new float[2][WIDTH * dimensions];
    for (int level = 0; level < 2; level++) {
      for (int code = 0; code < WIDTH; code++) {
        float[] unit = near(new float[dimensions], 1, random);
        for (int d = 0; d < dimensions; d++) {
          centroids[level][code * dimensions + d] = level == 0 ? unit[d] : 0.6f * unit[d];
        }
      }
    }
    return new ResidualCodebook(new CodebookShape(2, WIDTH), dimensions, centroids);
  }

  private static Assignments corpus(float[][] vectors, int[][] codes) {
    List<ItemId> items =
        IntStream.range(0, vectors.length).mapToObj(i -> new ItemId("%06d".formatted(i))).toList();
    return new Assignments(
        items,
        codes,
        vectors,
        new float[items.size()][0],
        new float[items.size()],
        new float[items.size()]);
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 1, 9})
  void popular_anyNumber_isThatOfAPass(float predicted) {
    int items = 200;
    Random random = new Random(2);
    int[][] codes = new int[items][2];
    float[][] vectors = clustered(codebook(64, random), codes, random);
    Assignments even = corpus(vectors, codes);
    float[] counts = new float[items];
    for (int row = 0; row < items / 2; row++) {
      counts[row] = random.nextInt(5);
    }
    Catalogue catalogue =
        Catalogue.of(
            new Generation(1),
            new CodebookShape(2, 32),
            vectors[0].length,
            new Assignments(
                even.items(), codes, vectors, new float[items][0], counts, new float[items]),
            new PopularityPrediction(new float[] {predicted}, new float[] {predicted}));
    CodedItem late =
        new CodedItem(
            new ItemId("000"), new SemanticId(new Generation(1), new int[] {1, 1}), vectors[0]);
    Catalogue changed = catalogue.with(List.of(late), List.of(new ItemId("000003")));
    for (int n : new int[] {1, 10, 60, 150, 300}) {
      int[] expected =
          IntStream.range(0, changed.size())
              .boxed()
              .sorted(
                  Comparator.<Integer>comparingDouble(
                          row -> -changed.logPopularity(row, Task.RECOMMENDATION))
                      .thenComparing(changed::item))
              .limit(n)
              .mapToInt(Integer::intValue)
              .toArray();
      assertArrayEquals(
          expected, changed.popular(Task.RECOMMENDATION, n, row -> true, RowBoosts.NONE));
    }
  }
}
