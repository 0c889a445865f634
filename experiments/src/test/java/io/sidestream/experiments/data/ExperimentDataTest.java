package io.sidestream.experiments.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.datasets.DatasetByKind;
import io.sidestream.datasets.sample.SampleCatalogue;
import io.sidestream.datasets.sample.SampleSize;
import io.sidestream.learning.corpus.PairReplay;
import io.sidestream.learning.evaluation.EvaluationCase;
import io.sidestream.learning.evaluation.EvaluationQuery;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.pairs.CountingRule;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairCount;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExperimentDataTest {
  private static final long SEED = 5;

  private final DatasetByKind dataset = TinyDataset.make();
  private final ExperimentData data = split(dataset);

  @Test
  void split_allKinds_givesGroupsInOrder() {
    assertEquals(List.of("rec", "tags", "queries"), names(data.test()));
    assertEquals(List.of("rec", "tags", "queries"), names(data.validation()));
    assertEquals(12, test(data, "rec").cases().size());
    assertEquals(8, data.validation("rec").orElseThrow().cases().size());
    assertEquals(15, test(data, "tags").cases().size());
    assertEquals(TinyDataset.LATE, test(data, "queries").cases().size());
    assertEquals(2, data.validation("queries").orElseThrow().cases().size());
  }

  @Test
  void split_kindWithoutCases_isAbsent() {
    ExperimentData some =
        split(
            new DatasetByKind(
                dataset.items(), dataset.interactions(), "tags", List.of(), List.of(), List.of()));

    assertEquals(List.of("rec"), names(some.test()));
  }

  @Test
  void split_recommendation_isEachUsersLastFirstInteractionAndNothingFromItIsTrainedOn() {
    Map<UserId, List<Interaction>> all = byUser(dataset.interactions());
    Map<UserId, List<Interaction>> left = byUser(data.training().interactions());
    Map<List<Integer>, Integer> expected = new HashMap<>();
    all.forEach(
        (user, events) -> {
          List<Integer> rows = events.stream().map(event -> row(event.item())).toList();
          int last = rows.indexOf(rows.stream().distinct().reduce((one, next) -> next).get());
          expected.put(eachOnceTheMostRecentLast(rows.subList(0, last)), rows.get(last));
        });

    for (EvaluationCase one : test(data, "rec").cases()) {
      List<Integer> history = history(one);
      assertEquals(expected.get(history), one.relevant());
      assertEquals(new HashSet<>(history), one.excluded());
    }
    left.forEach((user, events) -> assertEquals(all.get(user).subList(0, events.size()), events));
    int cut = (int) left.keySet().stream().filter(u -> left.get(u).size() < 10).count();
    assertEquals(12, cut);
  }

  @Test
  void split_tags_trainingIsOlderThanValidationThanTest() {
    List<Search> trained =
        data.training().searches().stream().filter(s -> s.user().isPresent()).toList();

    assertEquals(dataset.userSearches().subList(0, 70), trained);
    assertEquals(
        wanted(dataset.userSearches().subList(70, 85)),
        sorted(data.validation("tags").orElseThrow()));
    assertEquals(wanted(dataset.userSearches().subList(85, 100)), sorted(test(data, "tags")));
  }

  @Test
  void split_queries_noneIsBothTrainedOnAndTested() {
    Set<String> trained =
        data.training().searches().stream().map(Search::query).collect(Collectors.toSet());

    assertEquals(
        TinyDataset.QUERIES - 2, trained.stream().filter(q -> q.startsWith("query")).count());
    Stream.concat(
            data.validation("queries").orElseThrow().cases().stream(),
            test(data, "queries").cases().stream())
        .forEach(one -> assertFalse(trained.contains(query(one))));
  }

  @Test
  void split_noLateQueries_drawsTestsFromTheOthers() {
    ExperimentData some =
        split(
            new DatasetByKind(
                dataset.items(),
                dataset.interactions(),
                "tags",
                dataset.userSearches(),
                dataset.trainQueries(),
                List.of()));

    assertEquals(2, test(some, "queries").cases().size());
    assertEquals(2, some.validation("queries").orElseThrow().cases().size());
  }

  @Test
  void split_moreQueriesThanTheLimit_takesSoMany() {
    SplitSettings few =
        new SplitSettings(TinyDataset.SETTINGS.users(), 0.4, 3, TinyDataset.SETTINGS.window());

    ExperimentData some = ExperimentData.split(dataset, few, SEED);

    assertEquals(3, test(some, "queries").cases().size());
    assertEquals(3, some.validation("queries").orElseThrow().cases().size());
  }

  @Test
  void split_counts_areThoseOfTrainingEventsAlone() {
    Map<Pair, Long> replayed =
        new PairReplay(CountingRule.of(TinyDataset.SETTINGS.window()))
            .interactions(data.training().interactions());
    replayed.putAll(PairReplay.searches(data.training().searches()));

    assertEquals(
        replayed,
        data.training().counts().stream()
            .collect(Collectors.toMap(PairCount::pair, PairCount::total)));
  }

  @Test
  void split_items_areSortedById() {
    assertEquals(
        dataset.items().stream().map(item -> item.id()).sorted().toList(), data.rows().ids());
  }

  @Test
  void split_exposures_areThoseOfTraining() {
    Set<ItemId> searched =
        data.training().searches().stream().map(Search::clicked).collect(Collectors.toSet());
    Set<ItemId> met =
        data.training().interactions().stream().map(Interaction::item).collect(Collectors.toSet());
    Set<String> pairs =
        data.training().searches().stream()
            .map(s -> s.query() + " -> " + s.clicked())
            .collect(Collectors.toSet());

    for (CaseGroup group : data.test()) {
      for (EvaluationCase one : group.cases()) {
        ItemId relevant = data.rows().ids().get(one.relevant());
        assertEquals(!searched.contains(relevant), one.exposure().neverSearched());
        assertEquals(
            !searched.contains(relevant) && !met.contains(relevant), one.exposure().cold());
        String pair = one.query().fold(query -> query.text() + " -> " + relevant, history -> "");
        assertEquals(!pair.isEmpty() && !pairs.contains(pair), one.exposure().newPair());
      }
    }
  }

  @Test
  void split_sameSeed_isTheSame() {
    assertEquals(data.test(), split(dataset).test());
    assertEquals(data.training(), split(dataset).training());
    assertNotEquals(data.test(), ExperimentData.split(dataset, TinyDataset.SETTINGS, 6).test());
  }

  @Test
  void withhold_share_leavesNoEventOfTheItemsAndTheSameCases() {
    ExperimentData cold = ExperimentData.withhold(dataset, TinyDataset.SETTINGS, SEED, 0.25);

    Set<ItemId> withheld =
        cold.withheld().stream().map(cold.rows().ids()::get).collect(Collectors.toSet());
    assertEquals(10, withheld.size());
    assertEquals(data.training().items(), cold.training().items());
    assertTrue(cold.training().interactions().stream().noneMatch(e -> withheld.contains(e.item())));
    assertTrue(cold.training().searches().stream().noneMatch(s -> withheld.contains(s.clicked())));
    assertTrue(cold.training().counts().stream().noneMatch(count -> names(count.pair(), withheld)));
    for (CaseGroup group : data.test()) {
      List<EvaluationCase> all = test(cold, group.name()).cases();
      List<EvaluationCase> cases = all.subList(0, group.cases().size());
      assertEquals(
          group.cases().stream().map(EvaluationCase::query).toList(),
          cases.stream().map(EvaluationCase::query).toList());
      assertEquals(
          group.cases().stream().map(EvaluationCase::relevant).toList(),
          cases.stream().map(EvaluationCase::relevant).toList());
      for (EvaluationCase one : cases) {
        assertTrue(one.exposure().cold() || !cold.withheld().contains(one.relevant()));
      }
    }
  }

  @Test
  void withhold_share_makesTestsOfTheEventsThatItTakesFromTraining() {
    ExperimentData cold = ExperimentData.withhold(dataset, TinyDataset.SETTINGS, SEED, 0.25);
    for (String name : List.of("rec", "tags", "queries")) {
      List<EvaluationCase> all = test(cold, name).cases();
      List<EvaluationCase> added = all.subList(test(data, name).cases().size(), all.size());
      assertFalse(added.isEmpty(), name);
      assertTrue(added.size() <= Withheld.MAX_CASES);
      assertTrue(added.stream().allMatch(one -> cold.withheld().contains(one.relevant())));
      assertTrue(added.stream().allMatch(one -> one.exposure().cold()));
    }
    assertEquals(
        test(cold, "rec"),
        test(ExperimentData.withhold(dataset, TinyDataset.SETTINGS, SEED, 0.25), "rec"));
    for (CaseGroup group : cold.validation()) {
      assertEquals(
          data.validation(group.name()).orElseThrow().cases().size(), group.cases().size());
    }
  }

  @Test
  void withhold_moreThanAll_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> ExperimentData.withhold(dataset, TinyDataset.SETTINGS, SEED, 1.1));
  }

  @Test
  void logged_aTenthOfTags_leavesSoManyBeforeTheSameTests() {
    ExperimentData few = logged(new LoggedShares(0.1, 1));

    List<Search> tags =
        few.training().searches().stream().filter(s -> s.user().isPresent()).toList();
    assertTrue(tags.size() > 0 && tags.size() < 20, tags.size() + " of 70");
    assertTrue(data.training().searches().containsAll(tags));
    assertTrue(few.validation("tags").map(group -> group.cases().size()).orElse(0) < 8);
    assertEquals(queries(data), queries(few));
    for (String name : List.of("rec", "queries")) {
      assertEquals(asked(data.validation(name)), asked(few.validation(name)));
    }
    assertEquals(data.training().interactions(), few.training().interactions());
    for (CaseGroup group : data.test()) {
      assertEquals(asked(Optional.of(group)), asked(Optional.of(test(few, group.name()))));
    }
    assertEquals(few.training().searches(), logged(new LoggedShares(0.1, 1)).training().searches());
  }

  @Test
  void logged_aTenthOfQueries_leavesAllTags() {
    ExperimentData few = logged(new LoggedShares(1, 0.1));

    assertTrue(queries(few).size() < queries(data).size() / 2);
    assertEquals(data.validation("tags"), few.validation("tags"));
    assertEquals(70, few.training().searches().stream().filter(s -> s.user().isPresent()).count());
  }

  @Test
  void loggedShares_noneOrMoreThanAll_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> new LoggedShares(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new LoggedShares(1, 1.1));
  }

  @Test
  void split_bundledSample_callsUserSearchesSearches() {
    SampleCatalogue world = new SampleCatalogue(1, new SampleSize(60, 30, 4, 900));

    ExperimentData sample = split(DatasetByKind.of(world.dataset()));

    assertEquals(List.of("rec", "searches"), names(sample.test()));
  }

  @Test
  void mostRated_fewerThanAll_keepsTheMostRatedAndWhatIsAboutThem() {
    DatasetByKind some = MostRated.of(dataset, 5);

    Map<ItemId, Long> counts =
        dataset.interactions().stream()
            .collect(Collectors.groupingBy(Interaction::item, Collectors.counting()));
    Set<ItemId> kept = some.items().stream().map(item -> item.id()).collect(Collectors.toSet());
    long least = kept.stream().mapToLong(counts::get).min().orElseThrow();
    assertEquals(5, kept.size());
    counts.forEach((item, count) -> assertTrue(kept.contains(item) || count <= least));
    assertEquals(
        dataset.interactions().stream().filter(e -> kept.contains(e.item())).toList(),
        some.interactions());
    assertTrue(some.userSearches().stream().allMatch(s -> kept.contains(s.clicked())));
    assertTrue(some.testQueries().stream().allMatch(s -> kept.contains(s.clicked())));
  }

  @Test
  void mostRated_moreThanThereAre_keepsAll() {
    assertEquals(dataset, MostRated.of(dataset, 1_000));
    assertThrows(IllegalArgumentException.class, () -> MostRated.of(dataset, 0));
  }

  /** The cases without their exposure, which is of what was logged. */
  private static List<Map.Entry<EvaluationQuery, Integer>> asked(Optional<CaseGroup> group) {
    return group.orElseThrow().cases().stream()
        .map(one -> Map.entry(one.query(), one.relevant()))
        .toList();
  }

  private ExperimentData logged(LoggedShares shares) {
    return ExperimentData.logged(dataset, TinyDataset.SETTINGS, SEED, shares);
  }

  /** The training queries without a user. */
  private static List<Search> queries(ExperimentData some) {
    return some.training().searches().stream().filter(s -> s.user().isEmpty()).toList();
  }

  private static ExperimentData split(DatasetByKind dataset) {
    return ExperimentData.split(dataset, TinyDataset.SETTINGS, SEED);
  }

  private static List<String> names(List<CaseGroup> groups) {
    return groups.stream().map(CaseGroup::name).toList();
  }

  private static boolean names(Pair pair, Set<ItemId> items) {
    return pair.fold(
        both -> items.contains(both.low()) || items.contains(both.high()),
        query -> items.contains(query.item()));
  }

  private static Map<UserId, List<Interaction>> byUser(List<Interaction> interactions) {
    return interactions.stream().collect(Collectors.groupingBy(Interaction::user));
  }

  private static List<Integer> eachOnceTheMostRecentLast(List<Integer> rows) {
    return IntStream.range(0, rows.size())
        .filter(i -> rows.lastIndexOf(rows.get(i)) == i)
        .mapToObj(rows::get)
        .toList();
  }

  private List<Integer> wanted(List<Search> searches) {
    return searches.stream().map(s -> row(s.clicked())).sorted().toList();
  }

  private int row(ItemId item) {
    return data.rows().row(item).orElseThrow();
  }

  private static List<Integer> sorted(CaseGroup group) {
    return group.cases().stream().map(EvaluationCase::relevant).sorted().toList();
  }

  private static List<Integer> history(EvaluationCase one) {
    return one.query().fold(query -> List.of(), EvaluationQuery.History::rows);
  }

  private static String query(EvaluationCase one) {
    return one.query().fold(EvaluationQuery.Query::text, history -> "");
  }

  private static CaseGroup test(ExperimentData data, String name) {
    return data.test().stream()
        .filter(group -> group.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
