package io.sidestream.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Findings with every kind of table and chart; every number is invented. */
final class MadeUpFindings {
  static final Setup SETUP =
      new Setup(
          "Made-up results",
          "invented, 9 ID schemes, no measurement behind any number",
          "quick",
          "1, 2, 3, 4, 5",
          facts("encoder", "an invented one", "generator", "another"),
          "./sidestream experiment all --data DIR --out DIR --profile quick --seeds 5",
          "0.0.0-made-up",
          Instant.parse("2026-01-01T00:00:00Z"),
          facts("cores", "2", "memory", "8 GiB", "Java", "17"));

  private static final String[] SCHEMES = {
    "content",
    "search-tuned",
    "rec-tuned",
    "separate",
    "prefix-share",
    "fused, concatenated",
    "fused, SVD",
    "multi-task",
    "multi-task, items ranked"
  };
  private static final double[] SEARCH = {.052, .158, .009, .071, .041, .118, .104, .149, .153};
  private static final double[] REC = {.034, .047, .216, .081, .052, .072, .109, .162, .204};

  private MadeUpFindings() {}

  static List<Findings> all() {
    return List.of(tradeoff(), alignment(), quantizers());
  }

  static Findings tradeoff() {
    List<Row> rows = new ArrayList<>();
    List<Scatter.Mark> marks = new ArrayList<>();
    for (int scheme = 0; scheme < SCHEMES.length; scheme++) {
      rows.add(row(scheme));
      marks.add(new Scatter.Mark(SCHEMES[scheme], SEARCH[scheme], REC[scheme], .004, .005));
    }
    rows.add(Row.of("BM25", Cell.of(.074), Cell.ABSENT, Cell.of(.082), Cell.ABSENT, Cell.ABSENT));
    Table table =
        new Table(
            "Recall@30 per ID scheme",
            "Invented numbers. † differs from multi-task (paired test, p < .05).",
            "ID scheme",
            List.of(
                Column.higher("search"),
                Column.higher("rec"),
                Column.higher("search, new pairs"),
                Column.higher("rec, head 1 %"),
                Column.neutral("new tokens")),
            rows);
    Scatter scatter =
        new Scatter(
            "Search against recommendation",
            "Up and to the right is better; bars are one deviation over seeds.",
            Axis.higher("search, recall@30"),
            Axis.higher("recommendation, recall@30"),
            marks,
            true);
    Lines losses =
        new Lines(
            "Loss of the encoder",
            "Contrastive loss per step, averaged over seeds.",
            Axis.neutral("step"),
            Axis.lower("loss"),
            List.of(
                curve("search-tuned", 3.1, 1),
                curve("rec-tuned", 3.6, 2),
                curve("multi-task", 4.2, 3)));
    return new Findings(
        "tradeoff",
        "What does each task lose when IDs are tuned for the other?",
        "Each specialist does well on its own task alone, and multi-task IDs keep most of both.",
        facts("train steps", "400", "beams", "60 in 30 groups, penalty 0.25"),
        List.of(table),
        List.of(scatter, losses));
  }

  private static Row row(int scheme) {
    String mark = scheme == 0 || scheme == 3 ? "†" : "";
    return Row.of(
        SCHEMES[scheme],
        Cell.of(SEARCH[scheme], Spread.deviation(.004)).withMark(mark),
        Cell.of(REC[scheme], Spread.deviation(.0052)),
        Cell.of(SEARCH[scheme] * .6, Spread.standardError(.006)),
        Cell.of(REC[scheme] * 2.2),
        Cell.count(scheme == 3 ? 1_024 : 512));
  }

  private static Series curve(String name, double start, long seed) {
    Random random = new Random(seed);
    double[] values = new double[400];
    for (int step = 0; step < values.length; step++) {
      values[step] = start * (.25 + .75 * Math.exp(-step / 90.0)) + .06 * random.nextGaussian();
    }
    return Series.of(name, values);
  }

  static Findings alignment() {
    Map<String, float[][]> groups = new LinkedHashMap<>();
    groups.put("relevant to neither", cloud(2_400, 0, 0, 2.2, 1));
    groups.put("relevant to search", cloud(500, 2.5, 1, .8, 2));
    groups.put("relevant to recommendation", cloud(500, -2.5, 1, .8, 3));
    groups.put("relevant to both", cloud(160, 0, -2, .5, 4));
    Bars distances =
        new Bars(
            "Mean distance between items that relevant to both tasks",
            "",
            Axis.lower("cosine distance"),
            List.of("search-tuned", "rec-tuned", "multi-task"),
            List.of(
                new BarSeries("both tasks", List.of(.62, .58, .41)),
                new BarSeries("all items", List.of(.83, .85, .84))));
    return new Findings(
        "alignment",
        "Do items that relevant to both tasks lie closer together than under the specialists?",
        "They do: their mean distance falls by a third.",
        Map.of(),
        List.of(),
        List.of(
            Space.ofVectors(
                "Embedding space, multi-task", "First two principal axes.", groups, 3_000, 7),
            distances));
  }

  private static float[][] cloud(int size, double x, double y, double deviation, long seed) {
    Random random = new Random(seed);
    float[][] rows = new float[size][3];
    for (float[] row : rows) {
      row[0] = (float) (x + deviation * random.nextGaussian());
      row[1] = (float) (y + deviation * random.nextGaussian());
      row[2] = (float) (.1 * random.nextGaussian());
    }
    return rows;
  }

  static Findings quantizers() {
    Map<String, int[]> usage = new LinkedHashMap<>();
    usage.put("RQ-KMeans, level 1", counts(256, .6, 1));
    usage.put("RQ-KMeans, level 2", counts(256, .4, 2));
    usage.put("RQ-VAE, level 1", counts(256, 1.6, 3));
    usage.put("RQ-VAE, level 2", counts(143, 1.9, 4));
    Map<String, int[]> buckets = new LinkedHashMap<>();
    buckets.put("RQ-KMeans", ids(counts(9_000, .7, 5, 2)));
    buckets.put("RQ-VAE", ids(counts(900, 1.2, 6, 25)));
    Table table =
        new Table(
            "Quantizers on the same vectors",
            "",
            "quantizer",
            List.of(
                Column.higher("search"),
                Column.higher("rec"),
                Column.higher("perplexity").withDecimals(1),
                Column.lower("relative quantization error"),
                Column.lower("largest bucket")),
            List.of(
                Row.of(
                    "RQ-KMeans",
                    Cell.of(.149),
                    Cell.of(.162),
                    Cell.of(214.3),
                    Cell.of(.242),
                    Cell.count(31)),
                Row.of(
                    "RQ-VAE",
                    Cell.of(.021),
                    Cell.of(.067),
                    Cell.of(58.71),
                    Cell.of(.513),
                    Cell.count(1_904)),
                Row.of(
                    "flat k-means",
                    Cell.of(.149),
                    Cell.of(.118),
                    Cell.of(1_903.2),
                    Cell.of(.31),
                    Cell.count(88))));
    Bars perplexity =
        new Bars(
            "Perplexity of codes",
            "256 would be an even use of all codes.",
            Axis.higher("perplexity, level 1"),
            List.of("RQ-KMeans", "RQ-VAE", "dictionary learning"),
            List.of(new BarSeries("perplexity", List.of(214.3, 58.7, 120.0))));
    return new Findings(
        "quantizers",
        "Which quantizer makes the best IDs of the same vectors?",
        "Residual k-means uses its codes evenly and wins on both tasks.",
        facts("codes", "2 × 256"),
        List.of(table),
        List.of(
            Lines.ofCodeUsage("Use of codes", "A flat line is an even use.", usage),
            Histogram.ofCollisions(
                "Collisions", "Items with a unique ID are in the leftmost bin.", buckets),
            perplexity));
  }

  private static int[] counts(int size, double skew, long seed) {
    return counts(size, skew, seed, 120);
  }

  private static int[] counts(int size, double skew, long seed, int scale) {
    Random random = new Random(seed);
    int[] counts = new int[size];
    for (int i = 0; i < size; i++) {
      counts[i] = 1 + (int) (scale * Math.exp(skew * random.nextGaussian() - skew));
    }
    return counts;
  }

  /** How many IDs n items share, by the number of items on each ID. */
  private static int[] ids(int[] sizes) {
    int[] ids = new int[Arrays.stream(sizes).max().orElseThrow()];
    for (int size : sizes) {
      ids[size - 1]++;
    }
    return ids;
  }

  static Map<String, String> facts(String... namesAndFacts) {
    Map<String, String> facts = new LinkedHashMap<>();
    for (int i = 0; i < namesAndFacts.length; i += 2) {
      facts.put(namesAndFacts[i], namesAndFacts[i + 1]);
    }
    return facts;
  }
}
