package io.sidestream.benchmarks.filters;

import static io.sidestream.schemas.Checks.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.benchmarks.filters.SampleCases.Case;
import io.sidestream.benchmarks.measure.Measurement;
import io.sidestream.benchmarks.requests.RequestPath;
import io.sidestream.learning.corpus.PairReplay;
import io.sidestream.model.bundle.BundleReader;
import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.generator.Task;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.ranking.Candidates;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.model.ranking.LiveCounts;
import io.sidestream.model.ranking.Neighbours;
import io.sidestream.model.ranking.PromptEncoder;
import io.sidestream.model.ranking.QueryCache;
import io.sidestream.model.ranking.Retriever;
import io.sidestream.schemas.AnswerLimits;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.RankedItem;
import io.sidestream.schemas.Selection;
import io.sidestream.schemas.pairs.CountingRule;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Recall of filtered answers by a demo's generation on later events of the sample's users, beside
 * that of filtering an exhaustive ranking: all items as candidates, ranked without a filter, then
 * filtered. Each case's filter lets its relevant item through, and a share of the others by chance.
 */
final class FilteredRecall {
  private static final int K = 30;
  private static final int NEIGHBOURS = 200;

  private final FilterOptions options;
  private final PrintStream out;

  FilteredRecall(FilterOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  void run() throws IOException {
    SampleCases sample = new SampleCases();
    Neighbours neighbours =
        Neighbours.of(
            new PairReplay(CountingRule.DEFAULT).neighbours(sample.interactions(), NEIGHBOURS));
    try (OpenGeneration open =
        BundleReader.open(RequestPath.newest(options.bundles()), OnnxSessions.cpu(1))) {
      Side side = Side.of(open, neighbours, options.seed());
      List<Case> cases = sample.of(options.cases(), side.buckets().of().keySet());
      for (Task task : Task.values()) {
        measure(task, cases.stream().filter(one -> one.task() == task).toList(), side);
      }
    }
  }

  /** The two rankings of one generation. */
  private record Side(
      Retriever filtered, Retriever exhaustive, Catalogue catalogue, Buckets buckets) {
    static Side of(OpenGeneration open, Neighbours neighbours, long seed) {
      Catalogue catalogue = Catalogue.of(open);
      check(
          catalogue.size() <= Manifest.Ranking.MAX_CANDIDATES,
          "%d items, at most %d are ranked exhaustively",
          catalogue.size(),
          Manifest.Ranking.MAX_CANDIDATES);
      Buckets buckets = Buckets.deal(open.assignments().items(), seed);
      Manifest.Ranking ranking = open.manifest().ranking();
      Manifest.Ranking all =
          new Manifest.Ranking(
              ranking.search(),
              ranking.longQueries(),
              ranking.recommendation(),
              ranking.beams(),
              Manifest.Ranking.MAX_CANDIDATES,
              ranking.historyItems());
      PromptEncoder prompts =
          new PromptEncoder(
              open.encoder()::encode, open.towers(), open.promptTokens(), ranking.historyItems());
      return new Side(
          new Retriever(open, LiveCounts.of(neighbours), buckets::attributes, QueryCache.NONE),
          new Retriever(
              prompts, open.generator(), open.queryLog(), open.itemTexts(), neighbours, all),
          catalogue,
          buckets);
    }

    static Prompt prompt(Case one, Selection selection) {
      Set<ItemId> excluded = SampleCases.excluded(one);
      return one.query()
          .<Prompt>map(
              query -> new Prompt.ForSearch(query, K, excluded, Optional.empty(), false, selection))
          .orElseGet(() -> recommendation(one.history(), excluded, selection));
    }

    private static Prompt recommendation(
        List<ItemId> history, Set<ItemId> excluded, Selection selection) {
      int from = Math.max(0, history.size() - AnswerLimits.MAX_HISTORY);
      return new Prompt.ForRecommendation(
          history.subList(from, history.size()),
          true,
          K,
          excluded,
          Optional.empty(),
          false,
          selection);
    }

    List<ItemId> ranked(Case one) {
      return FilteredRecall.ranked(exhaustive, prompt(one, Selection.ALL), catalogue);
    }

    List<ItemId> answer(Case one, Selection selection) {
      return filtered.answer(prompt(one, selection), catalogue).items().stream()
          .map(RankedItem::item)
          .toList();
    }
  }

  private static RankingWeights weights(Manifest.Ranking ranking, Prompt prompt) {
    return prompt.fold(
        search -> ranking.search(search.query()), recommendation -> ranking.recommendation());
  }

  /** All items that are not excluded, best first. */
  static List<ItemId> ranked(Retriever exhaustive, Prompt prompt, Catalogue catalogue) {
    Candidates candidates = exhaustive.collect(prompt, catalogue);
    double[] scores = candidates.scores(weights(exhaustive.ranking(), prompt));
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(
            Comparator.<Integer>comparingDouble(i -> -scores[i]).thenComparing(candidates::item))
        .map(candidates::item)
        .toList();
  }

  private void measure(Task task, List<Case> cases, Side side) {
    List<Tally> tallies = options.shares().stream().map(share -> new Tally()).toList();
    Tally plain = new Tally();
    cases.forEach(one -> side.answer(one, Selection.ALL)); // warms up
    for (Case one : cases) {
      plain.answer(() -> side.answer(one, Selection.ALL));
      List<ItemId> ranked = side.ranked(one);
      for (int i = 0; i < tallies.size(); i++) {
        measure(one, options.shares().get(i), ranked, side, tallies.get(i));
      }
    }
    for (int i = 0; i < tallies.size(); i++) {
      out.println(line(task, options.shares().get(i), side, tallies.get(i), plain));
    }
  }

  private static void measure(Case one, int share, List<ItemId> ranked, Side side, Tally tally) {
    int first = Buckets.first(side.buckets().of().getOrDefault(one.relevant(), 0), share);
    List<ItemId> wanted =
        ranked.stream()
            .filter(item -> side.buckets().isWithin(item, first, share))
            .limit(K)
            .toList();
    Selection selection = new Selection(List.of(Buckets.filter(first, share)), 0);
    tally.add(one.relevant(), tally.answer(() -> side.answer(one, selection)), wanted);
  }

  private ObjectNode line(Task task, int share, Side side, Tally tally, Tally plain) {
    ObjectNode line =
        Measurement.of("filters")
            .put("part", "recall")
            .put("load", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage())
            .put("items", side.catalogue().size())
            .put("seed", options.seed())
            .put("task", task.label())
            .put("share_percent", share);
    tally.into(line);
    return line.put("unfiltered_ms", Measurement.rounded(plain.millis()));
  }
}
