package io.sidestream.benchmarks.filters;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.benchmarks.index.LargeCatalogue;
import io.sidestream.benchmarks.index.RandomModel;
import io.sidestream.benchmarks.measure.Measurement;
import io.sidestream.model.bundle.Assignments;
import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.bundle.PopularityPrediction;
import io.sidestream.model.generator.Task;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.model.ranking.ListSettings;
import io.sidestream.model.ranking.Retriever;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.RankedItem;
import io.sidestream.schemas.Selection;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Filtered recommendations of a drawn catalogue, which needs no training, beside filtering an
 * exhaustive ranking: every vector scanned, and by the lists of the codes; with a generator of
 * random weights, and without its score, where both rank by the same numbers.
 */
final class FilteredCatalogue {
  private static final int DIMENSIONS = 64;
  private static final double DECAY = 0.8;
  private static final int HISTORY = 20;
  private static final int K = 30;
  private static final double LISTS = 0.3; // share that is looked through, as the index does

  private final FilterOptions options;
  private final PrintStream out;

  FilteredCatalogue(FilterOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** A history, and an item of one of its topics. */
  private record Case(List<ItemId> history, ItemId relevant) {
    static Case of(List<ItemId> drawn) {
      int last = drawn.size() - 1;
      return new Case(drawn.subList(0, last), drawn.get(last));
    }

    Prompt prompt(Selection selection) {
      return new Prompt.ForRecommendation(
          history, true, K, Set.copyOf(history), Optional.empty(), false, selection);
    }
  }

  /** What is asked, and how. */
  private record Side(
      Catalogue catalogue, Buckets buckets, List<Case> cases, double generatorWeight) {}

  void run() throws IOException {
    LargeCatalogue large = new LargeCatalogue(DIMENSIONS, DECAY, options.seed());
    Assignments corpus = large.corpus(options.items());
    List<Case> cases = new ArrayList<>();
    while (cases.size() < options.cases()) {
      List<ItemId> drawn = large.history(HISTORY);
      if (drawn.size() > 1) {
        cases.add(Case.of(drawn));
      }
    }
    Buckets buckets = Buckets.deal(corpus.items(), options.seed());
    Catalogue listed =
        Catalogue.of(
            LargeCatalogue.GENERATION,
            large.codebook(),
            corpus,
            PopularityPrediction.NONE,
            new ListSettings(0, LISTS, ListSettings.MEASURED));
    try (RandomModel model =
        new RandomModel(options.directory().resolve("model"), DIMENSIONS, options.seed())) {
      for (double weight : new double[] {0, 1}) {
        measure(model, "scan", new Side(listed.scanned(), buckets, cases, weight));
        measure(model, "lists", new Side(listed, buckets, cases, weight));
      }
    }
  }

  private void measure(RandomModel model, String nearness, Side side) {
    List<List<ItemId>> histories = side.cases().stream().map(Case::history).toList();
    int items = side.catalogue().size();
    double weight = side.generatorWeight();
    Retriever exhaustive =
        model.retriever(items, histories, weight, Manifest.Ranking.MAX_CANDIDATES);
    Retriever served =
        model
            .retriever(items, histories, weight, RandomModel.CANDIDATES)
            .filtering(side.buckets()::attributes);
    List<Tally> tallies = options.shares().stream().map(share -> new Tally()).toList();
    for (Case one : side.cases()) {
      List<ItemId> ranked =
          FilteredRecall.ranked(exhaustive, one.prompt(Selection.ALL), side.catalogue().scanned());
      for (int i = 0; i < tallies.size(); i++) {
        measure(one, options.shares().get(i), ranked, served, side, tallies.get(i));
      }
    }
    for (int i = 0; i < tallies.size(); i++) {
      ObjectNode line =
          Measurement.of("filters")
              .put("part", "catalogue")
              .put("items", items)
              .put("seed", options.seed())
              .put("task", Task.RECOMMENDATION.label())
              .put("nearness", nearness)
              .put("generator_weight", weight)
              .put("share_percent", options.shares().get(i));
      tallies.get(i).into(line);
      out.println(line);
    }
  }

  private static void measure(
      Case one, int share, List<ItemId> ranked, Retriever served, Side side, Tally tally) {
    int first = Buckets.first(side.buckets().of().getOrDefault(one.relevant(), 0), share);
    List<ItemId> wanted =
        ranked.stream()
            .filter(item -> side.buckets().isWithin(item, first, share))
            .limit(K)
            .toList();
    Prompt prompt = one.prompt(new Selection(List.of(Buckets.filter(first, share)), 0));
    tally.add(
        one.relevant(),
        tally.answer(
            () ->
                served.answer(prompt, side.catalogue()).items().stream()
                    .map(RankedItem::item)
                    .toList()),
        wanted);
  }
}
