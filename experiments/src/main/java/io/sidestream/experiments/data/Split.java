package io.sidestream.experiments.data;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.datasets.DatasetByKind;
import io.sidestream.learning.corpus.Cases;
import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.HeldOut;
import io.sidestream.learning.corpus.ItemRows;
import io.sidestream.learning.corpus.PairReplay;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairCount;
import io.sidestream.schemas.pairs.WindowLimits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Events that are trained on and events that are kept back, before anything is counted. */
record Split(
    String label,
    Corpus training,
    HeldOut people,
    QuerySplit queries,
    WindowLimits window,
    Set<ItemId> withheld) {
  /*
   * What is kept back is decided on the whole data set and what is withheld afterwards, so that the cases of both are
   * the same and can be compared one by one. A withheld item stays in the histories of cases: the person met it before
   * the wanted one, and after training. Everything that is known of popularity and of pairs is counted last, from the
   * events that are left.
   */
  static Split of(DatasetByKind dataset, SplitSettings settings, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Item> items = dataset.items().stream().sorted(Comparator.comparing(Item::id)).toList();
    Corpus byPeople = new Corpus(items, dataset.interactions(), dataset.userSearches(), List.of());
    HeldOut people =
        HeldOut.split(byPeople, settings.people(), settings.window(), random.nextLong());
    QuerySplit queries = QuerySplit.of(dataset, settings, random);
    Corpus training =
        new Corpus(
            items,
            people.training().interactions(),
            byTime(people.training().searches(), queries.training()),
            List.of());
    return new Split(dataset.label(), training, people, queries, settings.window(), Set.of());
  }

  private static List<Search> byTime(List<Search> some, List<Search> others) {
    return Stream.concat(some.stream(), others.stream())
        .sorted(Comparator.comparing(Search::at).thenComparing(Search::query))
        .toList();
  }

  /** The same without the events of a share of the items. */
  Split withhold(double share, long seed) {
    check(share >= 0 && share <= 1, "share of items withheld is %s, expected 0 to 1", share);
    List<ItemId> drawn =
        training.items().stream().map(Item::id).collect(Collectors.toCollection(ArrayList::new));
    Collections.shuffle(drawn, new Random(seed));
    Set<ItemId> gone = Set.copyOf(drawn.subList(0, (int) Math.round(share * drawn.size())));
    return new Split(label, without(gone), people, queries, window, gone);
  }

  private Corpus without(Set<ItemId> gone) {
    return new Corpus(
        training.items(),
        training.interactions().stream().filter(one -> !gone.contains(one.item())).toList(),
        training.searches().stream().filter(one -> !gone.contains(one.clicked())).toList(),
        List.of());
  }

  ExperimentData data() {
    ItemRows rows = new ItemRows(training.items());
    TrainingExposures standings = new TrainingExposures(training, rows);
    return new ExperimentData(
        new Corpus(training.items(), training.interactions(), training.searches(), counts()),
        rows,
        groups(people.validation(), queries.validation(), rows, standings),
        groups(people.test(), queries.test(), rows, standings),
        withheld.stream().map(item -> rows.row(item).orElseThrow()).collect(Collectors.toSet()));
  }

  private List<PairCount> counts() {
    Map<Pair, Long> totals = new PairReplay(window).interactions(training.interactions());
    totals.putAll(PairReplay.searches(training.searches()));
    return totals.entrySet().stream()
        .map(entry -> new PairCount(entry.getKey(), entry.getValue()))
        .toList();
  }

  private List<CaseGroup> groups(
      Cases byPeople, List<Search> byNobody, ItemRows rows, TrainingExposures standings) {
    CaseWriter writer = new CaseWriter(rows, standings);
    List<CaseGroup> groups = new ArrayList<>();
    add(groups, CaseGroup.REC, writer.recommendations(byPeople.recommendations()));
    add(groups, label, writer.searches(byPeople.searches()));
    add(groups, CaseGroup.QUERIES, writer.queries(byNobody));
    return groups;
  }

  private static void add(List<CaseGroup> groups, String name, List<Case> cases) {
    if (!cases.isEmpty()) {
      groups.add(new CaseGroup(name, cases.get(0).asked().task(), cases));
    }
  }
}
