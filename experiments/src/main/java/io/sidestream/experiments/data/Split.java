package io.sidestream.experiments.data;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.datasets.DatasetByKind;
import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.ItemRows;
import io.sidestream.learning.corpus.PairReplay;
import io.sidestream.learning.evaluation.EvaluationCase;
import io.sidestream.learning.evaluation.HeldOut;
import io.sidestream.learning.evaluation.TrainingExposures;
import io.sidestream.model.generator.Task;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.pairs.CountingRule;
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

/** Training events and held-out events, before anything is counted. */
record Split(
    String label,
    Corpus training,
    HeldOut users,
    QuerySplit queries,
    WindowLimits window,
    Set<ItemId> withheld,
    Withheld cold) {
  /*
   * Events are held out of the whole data set and items withheld afterwards, so that the cases of
   * both are the same and can be compared one by one. A withheld item stays in the histories of
   * cases: the user interacted with it before the relevant one, and after training. Popularity and
   * pairs are counted last, from the remaining events.
   *
   * Few of the last events are of withheld items, so events taken from training become test cases
   * too, behind those of both, at most as many as the users' tests; each user's later events stay
   * in training.
   */
  static Split of(DatasetByKind dataset, SplitSettings settings, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Item> items = dataset.items().stream().sorted(Comparator.comparing(Item::id)).toList();
    Corpus ofUsers = new Corpus(items, dataset.interactions(), dataset.userSearches(), List.of());
    HeldOut users = HeldOut.split(ofUsers, settings.users(), settings.window(), random.nextLong());
    QuerySplit queries = QuerySplit.of(dataset, settings, random);
    Corpus training =
        new Corpus(
            items,
            users.training().interactions(),
            byTime(users.training().searches(), queries.training()),
            List.of());
    return new Split(
        dataset.label(), training, users, queries, settings.window(), Set.of(), Withheld.NONE);
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
    Set<ItemId> withheld = Set.copyOf(drawn.subList(0, (int) Math.round(share * drawn.size())));
    Withheld cold = Withheld.of(training, withheld, users.test().size(), seed);
    return new Split(label, training.without(withheld), users, queries, window, withheld, cold);
  }

  /** The same as if shares of the searches before the tests had been logged. */
  Split logged(LoggedShares shares, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Search> searches =
        training.searches().stream()
            .filter(
                one -> drawn(one.user().isPresent() ? shares.ofUsers() : shares.queries(), random))
            .toList();
    List<EvaluationCase> validation =
        users.validation().stream()
            .filter(one -> one.query().task() != Task.SEARCH || drawn(shares.ofUsers(), random))
            .toList();
    List<Search> validationQueries =
        queries.validation().stream().filter(one -> drawn(shares.queries(), random)).toList();
    return new Split(
        label,
        new Corpus(training.items(), training.interactions(), searches, List.of()),
        new HeldOut(users.training(), validation, users.test()),
        new QuerySplit(queries.training(), validationQueries, queries.test()),
        window,
        withheld,
        cold);
  }

  private static boolean drawn(double share, SplittableRandom random) {
    return random.nextDouble() < share;
  }

  ExperimentData data() {
    ItemRows rows = new ItemRows(training.items());
    TrainingExposures exposures = new TrainingExposures(training, rows);
    return new ExperimentData(
        new Corpus(training.items(), training.interactions(), training.searches(), counts()),
        rows,
        groups(users.validation(), queries.validation(), exposures),
        groups(
            Stream.concat(users.test().stream(), cold.ofUsers().stream()).toList(),
            Stream.concat(queries.test().stream(), cold.queries().stream()).toList(),
            exposures),
        withheld.stream().map(item -> rows.row(item).orElseThrow()).collect(Collectors.toSet()));
  }

  private List<PairCount> counts() {
    Map<Pair, Long> totals =
        new PairReplay(CountingRule.of(window)).interactions(training.interactions());
    totals.putAll(PairReplay.searches(training.searches()));
    return totals.entrySet().stream()
        .map(entry -> new PairCount(entry.getKey(), entry.getValue()))
        .toList();
  }

  private List<CaseGroup> groups(
      List<EvaluationCase> byUsers, List<Search> queries, TrainingExposures exposures) {
    List<CaseGroup> groups = new ArrayList<>();
    add(groups, CaseGroup.REC, Task.RECOMMENDATION, again(Task.RECOMMENDATION, byUsers, exposures));
    add(groups, label, Task.SEARCH, again(Task.SEARCH, byUsers, exposures));
    add(groups, CaseGroup.QUERIES, Task.SEARCH, queries.stream().map(exposures::search).toList());
    return groups;
  }

  private static List<EvaluationCase> again(
      Task task, List<EvaluationCase> cases, TrainingExposures exposures) {
    return EvaluationCase.of(task, cases).stream().map(exposures::again).toList();
  }

  private static void add(
      List<CaseGroup> groups, String name, Task task, List<EvaluationCase> cases) {
    if (!cases.isEmpty()) {
      groups.add(new CaseGroup(name, task, cases));
    }
  }
}
