package io.sidestream.model.ranking;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.generator.Beam;
import io.sidestream.model.generator.CodeGenerator;
import io.sidestream.model.generator.GeneratorPrompt;
import io.sidestream.model.generator.Task;
import io.sidestream.model.querylog.QueryLogIndex;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.RankedItem;
import io.sidestream.schemas.Reply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Answers prompts by one generation. Thread-safe. */
public final class Retriever {
  /*
   * Items are ranked, not IDs: many items share an ID, and codes alone are a weak prior. Candidates are the items behind
   * the generator's beams, the items nearest by exact vector, and the items that past searches with the query's words found;
   * one score, whose weights validation taught, ranks them all.
   * An ID that the generator did not write within its beams is at most as likely as the last one it wrote; it counts half
   * of that.
   */
  private static final double LOG_HALF = -Math.log(2);

  private final PromptEncoder prompts;
  private final CodeGenerator generator;
  private final QueryLogIndex pastSearches;
  private final Manifest.Ranking ranking;

  public Retriever(OpenGeneration generation) {
    this(
        PromptEncoder.of(generation),
        generation.generator(),
        generation.pastSearches(),
        generation.manifest().ranking());
  }

  /** For a generation that has no bundle yet. */
  public Retriever(
      PromptEncoder prompts,
      CodeGenerator generator,
      QueryLogIndex pastSearches,
      Manifest.Ranking ranking) {
    this.prompts = prompts;
    this.generator = generator;
    this.pastSearches = pastSearches;
    this.ranking = ranking;
  }

  /** The task of a prompt. */
  public static Task task(Prompt prompt) {
    return prompt.fold(search -> Task.SEARCH, recommendation -> Task.RECOMMENDATION);
  }

  /** Whether a prompt says enough to be answered for itself; popular items answer it if not. */
  public static Reply.Status status(Prompt prompt, Catalogue catalogue) {
    return prompt.fold(
        search -> search.query().isBlank() ? Reply.Status.EMPTY_QUERY : Reply.Status.OK,
        recommendation -> {
          if (recommendation.history().isEmpty()) {
            return recommendation.userKnown()
                ? Reply.Status.EMPTY_HISTORY
                : Reply.Status.UNKNOWN_USER;
          }
          return recommendation.history().stream().anyMatch(catalogue::contains)
              ? Reply.Status.OK
              : Reply.Status.UNKNOWN_ITEMS;
        });
  }

  /** At most k items, best first, with the status that says what they answer. */
  public Answer answer(Prompt prompt, Catalogue catalogue) {
    Reply.Status status = status(prompt, catalogue);
    List<RankedItem> items =
        status == Reply.Status.OK
            ? rank(collect(prompt, catalogue), weights(task(prompt)), prompt.k())
            : popular(prompt, catalogue);
    return new Answer(status, items, detail(status), catalogue.generation());
  }

  private static String detail(Reply.Status status) {
    return switch (status) {
      case OK -> "";
      case UNKNOWN_USER -> "nothing was seen of this user yet, these are the popular items";
      case EMPTY_HISTORY -> "the history is empty, these are the popular items";
      case UNKNOWN_ITEMS -> "no item of the history is known, these are the popular items";
      case EMPTY_QUERY -> "the query is empty, these are the items searched for most";
      case NOT_READY, INVALID ->
          throw new IllegalArgumentException("status of an answer is " + status);
    };
  }

  private static List<RankedItem> popular(Prompt prompt, Catalogue catalogue) {
    Task task = task(prompt);
    return Arrays.stream(catalogue.popular(task, prompt.k(), prompt.excluded()))
        .mapToObj(row -> ranked(catalogue, row, catalogue.logPopularity(row, task)))
        .toList();
  }

  /** The candidates of a prompt whose status is OK. */
  public Candidates collect(Prompt prompt, Catalogue catalogue) {
    GeneratorPrompt read =
        prompt.fold(
            search -> prompts.search(search.query()),
            recommendation -> prompts.recommendation(recommendation.history(), catalogue));
    List<Beam> beams = generator.generate(read, catalogue.trie(), ranking.beams());
    float[] cosines = catalogue.cosines(read.vector());
    float[] past = catalogue.ofCorpus(past(prompt));
    int[] rows = candidates(prompt, catalogue, beams, cosines, past);
    return describe(rows, task(prompt), beams, cosines, past, catalogue);
  }

  /** Shape: [row of the corpus]; none for a history. */
  private double[] past(Prompt prompt) {
    return prompt.fold(
        search -> pastSearches.scores(search.query()), recommendation -> new double[0]);
  }

  /** Items behind beams, the nearest by vector, and where they count, fresh ones and found ones. */
  private int[] candidates(
      Prompt prompt, Catalogue catalogue, List<Beam> beams, float[] cosines, float[] past) {
    Set<ItemId> excluded = prompt.excluded();
    RankingWeights weights = weights(task(prompt));
    int enough = Math.max(prompt.k(), ranking.candidates());
    LinkedHashSet<Integer> rows = new LinkedHashSet<>();
    for (Beam beam : beams) {
      for (int row : catalogue.rows(beam.leaf())) {
        if (!excluded.contains(catalogue.item(row))) {
          rows.add(row);
        }
      }
    }
    addAll(rows, catalogue.best(cosines, enough, excluded));
    if (weights.fresh() > 0) {
      addAll(rows, catalogue.bestFresh(cosines, prompt.k(), excluded));
    }
    if (weights.past() > 0) {
      addAll(rows, catalogue.bestAboveZero(past, enough, excluded));
    }
    return rows.stream().mapToInt(Integer::intValue).toArray();
  }

  private static void addAll(Set<Integer> rows, int[] more) {
    for (int row : more) {
      rows.add(row);
    }
  }

  private static Candidates describe(
      int[] rows, Task task, List<Beam> beams, float[] cosines, float[] past, Catalogue catalogue) {
    Map<Integer, Double> logIdOfLeaf = new HashMap<>();
    beams.forEach(beam -> logIdOfLeaf.put(beam.leaf(), beam.logProbability()));
    double floor = beams.stream().mapToDouble(Beam::logProbability).min().orElse(0) + LOG_HALF;
    double[] logId = new double[rows.length];
    float[] cosine = new float[rows.length];
    float[] logPopularity = new float[rows.length];
    float[] pastOf = new float[rows.length];
    int[] bucketOf = new int[rows.length];
    Map<Integer, Integer> bucketOfLeaf = new HashMap<>();
    List<float[]> bucketCosines = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      int leaf = catalogue.leaf(rows[i]);
      logId[i] = logIdOfLeaf.getOrDefault(leaf, floor);
      cosine[i] = cosines[rows[i]];
      pastOf[i] = past[rows[i]];
      logPopularity[i] = catalogue.logPopularity(rows[i], task);
      Integer bucket = bucketOfLeaf.get(leaf);
      if (bucket == null) {
        bucket = bucketCosines.size();
        bucketOfLeaf.put(leaf, bucket);
        bucketCosines.add(sortedAt(cosines, catalogue.rows(leaf)));
      }
      bucketOf[i] = bucket;
    }
    return new Candidates(
        catalogue,
        beams,
        rows,
        logId,
        cosine,
        logPopularity,
        pastOf,
        bucketOf,
        bucketCosines.toArray(float[][]::new));
  }

  private static float[] sortedAt(float[] cosines, int[] rows) {
    float[] chosen = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      chosen[i] = cosines[rows[i]];
    }
    Arrays.sort(chosen); // sums are rounded alike, however rows are numbered
    return chosen;
  }

  /** The k best candidates by these weights, best first, ties by item. */
  public static List<RankedItem> rank(Candidates candidates, RankingWeights weights, int k) {
    check(k > 0, "k is %d, expected 1 or more", k);
    double[] scores = candidates.scores(weights);
    return IntStream.range(0, candidates.size())
        .boxed()
        .sorted(
            Comparator.<Integer>comparingDouble(i -> -scores[i]).thenComparing(candidates::item))
        .limit(k)
        .map(i -> ranked(candidates.catalogue(), candidates.row(i), scores[i]))
        .toList();
  }

  private static RankedItem ranked(Catalogue catalogue, int row, double score) {
    return new RankedItem(catalogue.item(row), score, catalogue.id(row));
  }

  /** What validation taught for a task. */
  public RankingWeights weights(Task task) {
    return task == Task.SEARCH ? ranking.search() : ranking.recommendation();
  }
}
