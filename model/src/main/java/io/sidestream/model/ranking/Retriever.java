package io.sidestream.model.ranking;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.bundle.RankingFeature;
import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.generator.Beam;
import io.sidestream.model.generator.Generator;
import io.sidestream.model.generator.GeneratorPrompt;
import io.sidestream.model.generator.Task;
import io.sidestream.model.terms.ItemTexts;
import io.sidestream.model.terms.QueryLog;
import io.sidestream.model.terms.Spelling;
import io.sidestream.schemas.Explanation;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.RankedItem;
import io.sidestream.schemas.Reply;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Retrieves and ranks items for prompts with one generation. Thread-safe. */
public final class Retriever {
  /*
   * Items are ranked, not IDs: many items share an ID, and codes alone are a weak prior.
   * Candidates are the items of the generator's beams, the nearest items by exact vector, and the
   * best items by query log, clicks, words and title, or by transitions from the history; one
   * score, its weights tuned on validation data, ranks them all. An ID outside the beams is at
   * most as likely as the last beam; it gets half of its probability. DiverseItems ranks the best
   * again.
   */
  static final double LOG_HALF = -Math.log(2);

  /** Features that bring candidates of their own where they have weight: the best above 0. */
  private static final List<RankingFeature> SOURCES =
      List.of(
          RankingFeature.QUERY_LOG,
          RankingFeature.QUERY_CLICKS,
          RankingFeature.WORDS,
          RankingFeature.TITLE,
          RankingFeature.TRANSITIONS);

  private final PromptEncoder prompts;
  private final EncodedQueries queries;
  private final Generator generator;
  private final WordIndexes words;
  private final LiveCounts live;
  private final ItemAttributes attributes;
  private final Manifest.Ranking ranking;
  private final Spelling spelling;
  private final Attributing attributing;

  /** A retriever for an open generation, without attributes. */
  public Retriever(OpenGeneration generation, Neighbours neighbours) {
    this(generation, LiveCounts.of(neighbours), ItemAttributes.NONE, QueryCache.NONE);
  }

  /**
   * A retriever for an open generation.
   *
   * @param attributes as they are now
   * @param cache of queries; each retriever has its own
   */
  public Retriever(
      OpenGeneration generation, LiveCounts live, ItemAttributes attributes, QueryCache cache) {
    this(
        PromptEncoder.of(generation),
        cache,
        generation.generator(),
        WordIndexes.of(generation),
        live,
        attributes,
        generation.manifest().ranking());
  }

  /** A retriever for a generation that has no bundle yet. */
  public Retriever(
      PromptEncoder prompts,
      Generator generator,
      QueryLog queryLog,
      ItemTexts itemTexts,
      Neighbours neighbours,
      Manifest.Ranking ranking) {
    this(
        prompts,
        QueryCache.NONE,
        generator,
        new WordIndexes(queryLog, itemTexts),
        LiveCounts.of(neighbours),
        ItemAttributes.NONE,
        ranking);
  }

  Retriever(
      PromptEncoder prompts,
      QueryCache cache,
      Generator generator,
      WordIndexes words,
      LiveCounts live,
      ItemAttributes attributes,
      Manifest.Ranking ranking) {
    this(
        prompts,
        new EncodedQueries(prompts, cache),
        generator,
        words,
        live,
        attributes,
        ranking,
        Spelling.NONE);
  }

  private Retriever(
      PromptEncoder prompts,
      EncodedQueries queries,
      Generator generator,
      WordIndexes words,
      LiveCounts live,
      ItemAttributes attributes,
      Manifest.Ranking ranking,
      Spelling spelling) {
    this.attributes = attributes;
    this.prompts = prompts;
    this.queries = queries;
    this.generator = generator;
    this.words = words;
    this.live = live;
    this.ranking = ranking;
    this.spelling = spelling;
    this.attributing = new Attributing(prompts, words, live.neighbours());
  }

  /** This retriever with queries read in a way. */
  public Retriever reading(QueryReading reading) {
    return with(attributes, reading.of(words.all()));
  }

  /** This retriever with filters by other attributes. */
  public Retriever filtering(ItemAttributes others) {
    return with(others, spelling);
  }

  private Retriever with(ItemAttributes others, Spelling other) {
    return new Retriever(prompts, queries, generator, words, live, others, ranking, other);
  }

  /** The task of a prompt. */
  public static Task task(Prompt prompt) {
    return prompt.fold(search -> Task.SEARCH, recommendation -> Task.RECOMMENDATION);
  }

  /** At most k items, best first, with the status of the answer. */
  public Answer answer(Prompt prompt, Catalogue catalogue) {
    Reply.Status status = AnswerStatus.of(prompt, catalogue);
    if (status != Reply.Status.OK) {
      List<RankedItem> popular = Pages.of(popular(prompt, catalogue), prompt).items();
      return new Answer(
          status, popular, AnswerStatus.detail(status, prompt), catalogue.generation());
    }
    ReadPrompt read = ReadPrompt.of(prompt, spelling, catalogue, live.clicks());
    Candidates candidates = collect(read, catalogue);
    RankingWeights weights = read.weights(ranking);
    DiverseItems page = Pages.of(rank(candidates, weights, Pages.reach(prompt)), prompt);
    Optional<Explanation> explanation =
        prompt.explain()
            ? Optional.of(
                new Explaining(candidates, weights, task(prompt)).of(page, read, attributing))
            : Optional.empty();
    return new Answer(
        status,
        page.items(),
        read.detail(),
        catalogue.generation(),
        explanation,
        prompts.truncates(read));
  }

  private List<RankedItem> popular(Prompt prompt, Catalogue catalogue) {
    Task task = task(prompt);
    EligibleRows eligible = EligibleRows.of(prompt, catalogue, attributes);
    RowBoosts boosts = RowBoosts.of(prompt, catalogue, attributes);
    return Arrays.stream(catalogue.popular(task, Pages.reach(prompt), eligible, boosts))
        .mapToObj(
            row -> ranked(catalogue, row, catalogue.logPopularity(row, task) + boosts.at(row)))
        .toList();
  }

  /** The candidates of a prompt whose status is OK. */
  public Candidates collect(Prompt prompt, Catalogue catalogue) {
    return collect(ReadPrompt.of(prompt, spelling, catalogue, live.clicks()), catalogue);
  }

  private Candidates collect(ReadPrompt read, Catalogue catalogue) {
    Prompt prompt = read.prompt();
    GeneratorPrompt encoded =
        prompt.fold(
            search -> queries.of(read.query(search)),
            recommendation -> prompts.recommendation(recommendation.history(), catalogue));
    EligibleRows eligible = EligibleRows.of(prompt, catalogue, attributes);
    Generated generated =
        Generated.by(generator, prompt, encoded, prompts, catalogue, eligible, ranking.beams());
    Nearness near = catalogue.near(encoded.vector());
    Map<RankingFeature, SparseRowScores> ofRows = SparseFeatures.of(read, catalogue, words, live);
    RowBoosts boosts = RowBoosts.of(prompt, catalogue, attributes);
    int[] rows = candidates(read, catalogue, eligible, generated.beams(), near, ofRows, boosts);
    return candidates(rows, task(prompt), generated, near, ofRows, catalogue, boosts);
  }

  /** Items of the beams, nearest by vector, boosted, and where weighted, cold and other ones. */
  private int[] candidates(
      ReadPrompt read,
      Catalogue catalogue,
      EligibleRows eligible,
      List<Beam> beams,
      Nearness near,
      Map<RankingFeature, SparseRowScores> ofRows,
      RowBoosts boosts) {
    RankingWeights weights = read.weights(ranking);
    int enough = Math.max(Pages.reach(read.prompt()), ranking.candidates());
    LinkedHashSet<Integer> rows = new LinkedHashSet<>();
    for (Beam beam : beams) {
      for (int row : catalogue.rows(beam.leaf())) {
        if (eligible.test(row)) {
          rows.add(row);
        }
      }
    }
    addAll(rows, eligible.few());
    addAll(rows, near.best(enough, eligible));
    if (!boosts.isEmpty()) {
      double dense = weights.of(RankingFeature.DENSE);
      addAll(rows, near.bestBoosted(enough, eligible, boosts, dense > 0 ? dense : 1));
    }
    if (weights.helpsColdItems()) {
      addAll(rows, near.bestCold(enough, eligible));
    }
    for (RankingFeature source : SOURCES) {
      SparseRowScores values = ofRows.get(source);
      if (values != null && weights.of(source) > 0) {
        addAll(rows, catalogue.best(values, enough, eligible));
      }
    }
    return rows.stream().mapToInt(Integer::intValue).toArray();
  }

  private static void addAll(Set<Integer> rows, int[] more) {
    for (int row : more) {
      rows.add(row);
    }
  }

  private Candidates candidates(
      int[] rows,
      Task task,
      Generated generated,
      Nearness near,
      Map<RankingFeature, SparseRowScores> ofRows,
      Catalogue catalogue,
      RowBoosts boosts) {
    Map<RankingFeature, float[]> features = new EnumMap<>(RankingFeature.class);
    features.put(RankingFeature.DENSE, near.at(rows));
    ofRows.forEach((feature, scores) -> features.put(feature, at(scores, rows)));
    ColdItems.add(features, rows, task, catalogue, live.neighbours());
    return new Candidates(
        catalogue, generated.beams(), rows, generated.scoring().of(rows, near), features, boosts);
  }

  private static float[] at(SparseRowScores scores, int[] rows) {
    float[] chosen = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      chosen[i] = scores.at(rows[i]);
    }
    return chosen;
  }

  /** The k best candidates with these weights, best first, ties by item. */
  static List<RankedItem> rank(Candidates candidates, RankingWeights weights, int k) {
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

  /** The tuned weights. */
  public Manifest.Ranking ranking() {
    return ranking;
  }
}
