package io.sidestream.benchmarks.filters;

import io.sidestream.datasets.Dataset;
import io.sidestream.datasets.MovieLensFolder;
import io.sidestream.datasets.sample.SampleCatalogue;
import io.sidestream.datasets.sample.SampleSize;
import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.PairReplay;
import io.sidestream.learning.evaluation.HeldOut;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairCount;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The events of a data set, split and counted as for a training. */
final class FilterCorpus {
  private static final long SAMPLE_SEED = 1;

  private FilterCorpus() {}

  static HeldOut of(FilterOptions options, TrainingSettings settings) {
    Dataset all =
        options
            .data()
            .map(MovieLensFolder::read)
            .orElseGet(() -> new SampleCatalogue(SAMPLE_SEED, SampleSize.DEFAULT).dataset());
    HeldOut split =
        HeldOut.split(
            most(all, options.items()), settings.heldOut(), settings.window(), options.seed());
    Corpus training = split.training();
    PairReplay replay = new PairReplay(settings.window());
    Map<Pair, Long> totals = replay.interactions(training.interactions());
    totals.putAll(PairReplay.searches(training.searches()));
    List<PairCount> counts =
        totals.entrySet().stream()
            .map(entry -> new PairCount(entry.getKey(), entry.getValue()))
            .toList();
    return new HeldOut(
        new Corpus(training.items(), training.interactions(), training.searches(), counts),
        split.validation(),
        split.test());
  }

  /** The items with most interactions, equal ones by id, and the events of these. */
  private static Corpus most(Dataset all, int items) {
    Map<ItemId, Integer> counts = new HashMap<>();
    all.interactions().forEach(one -> counts.merge(one.item(), 1, Integer::sum));
    Comparator<Item> byCount = Comparator.comparing(item -> -counts.getOrDefault(item.id(), 0));
    List<Item> kept =
        all.items().stream()
            .sorted(byCount.thenComparing(Item::id))
            .limit(items)
            .sorted(Comparator.comparing(Item::id))
            .toList();
    Set<ItemId> ids = kept.stream().map(Item::id).collect(Collectors.toSet());
    return new Corpus(
        kept,
        all.interactions().stream().filter(one -> ids.contains(one.item())).toList(),
        all.searches().stream().filter(one -> ids.contains(one.clicked())).toList(),
        List.of());
  }
}
