package io.sidestream.benchmarks.filters;

import static io.sidestream.schemas.Checks.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.benchmarks.measure.Measurement;
import io.sidestream.learning.evaluation.EvaluationCase;
import io.sidestream.learning.evaluation.EvaluationQuery;
import io.sidestream.learning.evaluation.HeldOut;
import io.sidestream.learning.generation.CandidateGeneration;
import io.sidestream.learning.generation.GenerationTrainer;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.settings.Profile;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.generator.Task;
import io.sidestream.model.ranking.Candidates;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.model.ranking.Retriever;
import io.sidestream.schemas.AnswerLimits;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.RankedItem;
import io.sidestream.schemas.Selection;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Recall of filtered answers on held-out events, beside that of filtering an exhaustive ranking:
 * all items as candidates, ranked without a filter, then filtered. Each case's filter lets its
 * relevant item through, and a share of the others by chance.
 */
final class FilteredRecall {
  private static final int K = 30;

  private final FilterOptions options;
  private final PrintStream out;

  FilteredRecall(FilterOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  void run() throws IOException {
    TrainingSettings settings = TrainingSettings.profile(Profile.QUICK);
    HeldOut heldOut = FilterCorpus.of(options, settings);
    try (CandidateGeneration learned =
        new GenerationTrainer(settings, options.directory().resolve("training"))
            .learn(heldOut, TrainingProgress.NONE)) {
      Side side = Side.of(learned, options.seed());
      for (Task task : Task.values()) {
        List<EvaluationCase> cases = EvaluationCase.of(task, heldOut.test());
        measure(task, cases.subList(0, Math.min(options.cases(), cases.size())), side);
      }
    }
  }

  /** The two rankings of one generation. */
  private record Side(
      Retriever filtered,
      Retriever exhaustive,
      Catalogue catalogue,
      List<ItemId> items,
      Buckets buckets) {
    static Side of(CandidateGeneration learned, long seed) {
      Catalogue catalogue = learned.catalogue();
      check(
          catalogue.size() <= Manifest.Ranking.MAX_CANDIDATES,
          "%d items, at most %d are ranked exhaustively",
          catalogue.size(),
          Manifest.Ranking.MAX_CANDIDATES);
      List<ItemId> items = learned.coded().assignments().items();
      Buckets buckets = Buckets.deal(items, seed);
      Manifest.Ranking ranking = learned.ranking();
      Manifest.Ranking all =
          new Manifest.Ranking(
              ranking.search(),
              ranking.recommendation(),
              ranking.beams(),
              Manifest.Ranking.MAX_CANDIDATES,
              ranking.historyItems());
      return new Side(
          learned.answering().filteredBy(buckets::attributes),
          new Retriever(
              learned.generator().prompts(),
              learned.generator().generator(),
              learned.queryLog(),
              learned.itemTexts(),
              learned.neighbours(),
              all),
          catalogue,
          items,
          buckets);
    }

    Prompt prompt(EvaluationCase one, Selection selection) {
      Set<ItemId> excluded = one.excluded().stream().map(items::get).collect(Collectors.toSet());
      return one.query()
          .fold(
              query ->
                  new Prompt.ForSearch(
                      query.text(), K, excluded, Optional.empty(), false, selection),
              history -> recommendation(history, excluded, selection));
    }

    private Prompt recommendation(
        EvaluationQuery.History history, Set<ItemId> excluded, Selection selection) {
      List<ItemId> recent =
          history.last(AnswerLimits.MAX_HISTORY).stream().map(items::get).toList();
      return new Prompt.ForRecommendation(
          recent, true, K, excluded, Optional.empty(), false, selection);
    }

    /** All items that are not excluded, best first. */
    List<ItemId> ranked(EvaluationCase one) {
      Prompt prompt = prompt(one, Selection.ALL);
      Candidates candidates = exhaustive.collect(prompt, catalogue);
      double[] scores = candidates.scores(exhaustive.weights(Retriever.task(prompt)));
      return IntStream.range(0, scores.length)
          .boxed()
          .sorted(
              Comparator.<Integer>comparingDouble(i -> -scores[i]).thenComparing(candidates::item))
          .map(candidates::item)
          .toList();
    }
  }

  private void measure(Task task, List<EvaluationCase> cases, Side side) {
    Tally[] tallies = options.shares().stream().map(share -> new Tally()).toArray(Tally[]::new);
    Tally plain = new Tally();
    for (EvaluationCase one : cases) { // twice: the first round warms up
      side.filtered().answer(side.prompt(one, Selection.ALL), side.catalogue());
    }
    for (EvaluationCase one : cases) {
      ItemId relevant = side.items().get(one.relevant());
      plain.answer(() -> answer(side, one, Selection.ALL));
      List<ItemId> ranked = side.ranked(one);
      for (int i = 0; i < tallies.length; i++) {
        int share = options.shares().get(i);
        int first = Buckets.first(side.buckets().of().get(relevant), share);
        List<ItemId> wanted =
            ranked.stream()
                .filter(item -> side.buckets().isWithin(item, first, share))
                .limit(K)
                .toList();
        Selection selection = new Selection(List.of(Buckets.filter(first, share)), 0);
        List<ItemId> found = tallies[i].answer(() -> answer(side, one, selection));
        tallies[i].add(relevant, found, wanted);
      }
    }
    for (int i = 0; i < tallies.length; i++) {
      out.println(line(task, options.shares().get(i), side, tallies[i], plain));
    }
  }

  private static List<ItemId> answer(Side side, EvaluationCase one, Selection selection) {
    return side.filtered().answer(side.prompt(one, selection), side.catalogue()).items().stream()
        .map(RankedItem::item)
        .toList();
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
