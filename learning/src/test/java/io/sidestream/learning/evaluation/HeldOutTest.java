package io.sidestream.learning.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.ItemRows;
import io.sidestream.learning.corpus.PairReplay;
import io.sidestream.learning.corpus.TinyCorpus;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.pairs.CountingRule;
import io.sidestream.schemas.pairs.KindWeights;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairCount;
import io.sidestream.schemas.pairs.WindowLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeldOutTest {
  private static final WindowLimits WINDOW = new WindowLimits(5, Duration.ofDays(30));
  private static final HeldOutSettings SETTINGS = new HeldOutSettings(4, 12, 8, 0.15, 3, 10, 10);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void split_counts_areThoseOfTheTrainingEventsAlone(long seed) {
    Corpus corpus = TinyCorpus.of(40, 30, WINDOW, seed);
    Corpus training = HeldOut.split(corpus, SETTINGS, WINDOW, seed).training();
    List<PairCount> fromScratch =
        TinyCorpus.counts(training.interactions(), training.searches(), WINDOW);
    assertEquals(byPair(fromScratch), byPair(training.counts()), "seed " + seed);
    assertFalse(byPair(corpus.counts()).equals(byPair(training.counts())), "something is held out");
  }

  @Test
  void split_case_isNeverTrainedOn() {
    Corpus corpus = TinyCorpus.of(40, 30, WINDOW, 7);
    ItemRows rows = new ItemRows(corpus.items());
    InteractionSplit split = InteractionSplit.of(corpus, rows, SETTINGS, 7);
    assertEquals(12, split.test().size());
    assertEquals(8, split.validation().size());
    Set<String> trained =
        split.training().stream()
            .map(one -> one.user() + " " + rows.row(one.item()).orElseThrow())
            .collect(Collectors.toSet());
    split.test().forEach(one -> assertFalse(trained.contains(key(one))));
    split.validation().forEach(one -> assertFalse(trained.contains(key(one))));
  }

  /** Others push users out of the choice, whose events are then trained on; the rest stays. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void split_moreUsers_casesOfThoseStillChosenStay(long seed) {
    Corpus few = TinyCorpus.of(40, 30, WINDOW, seed);
    Corpus many = TinyCorpus.of(40, 60, WINDOW, seed); // the same thirty, and thirty more
    ItemRows rows = new ItemRows(few.items());
    InteractionSplit before = InteractionSplit.of(few, rows, SETTINGS, seed);
    InteractionSplit after = InteractionSplit.of(many, rows, SETTINGS, seed);
    Set<UserId> earlier =
        few.interactions().stream().map(Interaction::user).collect(Collectors.toSet());
    List<InteractionSplit.NextInteraction> stayed =
        after.test().stream().filter(one -> earlier.contains(one.user())).toList();
    assertTrue(before.test().containsAll(stayed), "seed " + seed);
    assertFalse(stayed.isEmpty(), "seed " + seed);
    assertTrue(stayed.size() < before.test().size(), "seed " + seed);
    Set<UserId> chosen =
        after.test().stream()
            .map(InteractionSplit.NextInteraction::user)
            .collect(Collectors.toSet());
    assertTrue(
        after
            .training()
            .containsAll(
                few.interactions().stream().filter(one -> !chosen.contains(one.user())).toList()),
        "seed " + seed);
  }

  /** A refresh has the weights of a generation that was trained before these events came. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void split_moreEvents_neverHoldsOutWhatWasTrainedOn(long seed) {
    Corpus all = TinyCorpus.of(40, 60, WINDOW, seed);
    ItemRows rows = new ItemRows(all.items());
    Set<String> trained = new HashSet<>();
    Set<Search> searched = new HashSet<>();
    for (int hours = 300; hours <= 1_700; hours += 100) {
      Corpus known = before(all, Instant.EPOCH.plus(Duration.ofHours(hours)));
      InteractionSplit split = InteractionSplit.of(known, rows, SETTINGS, seed);
      SearchSplit searches = SearchSplit.of(known.searches(), rows, SETTINGS, seed);
      String at = "seed " + seed + ", after " + hours + " hours";
      split.test().forEach(one -> assertFalse(trained.contains(key(one)), at));
      split.validation().forEach(one -> assertFalse(trained.contains(key(one)), at));
      assertTrue(Collections.disjoint(searched, searches.heldOut()), at);
      split
          .training()
          .forEach(one -> trained.add(one.user() + " " + rows.row(one.item()).orElseThrow()));
      searched.addAll(searches.training());
    }
    assertFalse(trained.isEmpty());
  }

  private static Corpus before(Corpus all, Instant end) {
    return new Corpus(
        all.items(),
        all.interactions().stream().filter(one -> one.at().isBefore(end)).toList(),
        all.searches().stream().filter(one -> one.at().isBefore(end)).toList(),
        List.of());
  }

  @Test
  void split_searches_areOrderedTrainingValidationTest() {
    Corpus corpus = TinyCorpus.of(40, 30, WINDOW, 7);
    SearchSplit split =
        SearchSplit.of(corpus.searches(), new ItemRows(corpus.items()), SETTINGS, 1);
    Instant lastTrained =
        split.training().stream().map(Search::at).max(Instant::compareTo).orElseThrow();
    assertTrue(split.heldOut().stream().noneMatch(search -> search.at().isBefore(lastTrained)));
    assertEquals(corpus.searches().size(), split.training().size() + split.heldOut().size());
    assertEquals(10, split.test().size());
    assertEquals(10, split.validation().size());
  }

  @Test
  void split_lateRepeatOfTheTest_isHeldOutToo() {
    List<Interaction> events =
        List.of(view(0, "a"), view(1, "b"), view(2, "c"), view(3, "d"), view(4, "a"), view(5, "d"));
    Corpus corpus = catalogue(events, List.of());
    HeldOut heldOut = HeldOut.split(corpus, new HeldOutSettings(4, 1, 0, 0, 1, 1, 1), WINDOW, 1);
    EvaluationCase test = heldOut.test().get(0);
    assertEquals(3, test.relevant());
    assertEquals(new EvaluationQuery.History(List.of(0, 1, 2)), test.query());
    assertEquals(Set.of(0, 1, 2), test.excluded());
    assertEquals(events.subList(0, 3), heldOut.training().interactions());
  }

  /** What was disliked is no case and in no history, and its pairs are taken off all the same. */
  @Test
  void split_dislikedItems_areNeitherCasesNorInHistories() {
    KindWeights weights = KindWeights.parse(List.of("dislike=-1", "purchase=3"));
    List<Interaction> events =
        List.of(
            view(0, "a"),
            view(1, "b"),
            event(2, "b", "dislike"),
            event(3, "c", "purchase"),
            view(4, "d"),
            view(5, "b"),
            event(6, "b", "dislike"));
    CountingRule rule = new CountingRule(WINDOW, weights);
    List<PairCount> counts = counts(events, rule);
    Corpus corpus =
        new Corpus(catalogue(List.of(), List.of()).items(), events, List.of(), counts, weights);
    HeldOut heldOut = HeldOut.split(corpus, new HeldOutSettings(3, 1, 0, 0, 1, 1, 1), WINDOW, 1);

    EvaluationCase test = heldOut.test().get(0);
    assertEquals(3, test.relevant());
    assertEquals(new EvaluationQuery.History(List.of(0, 2)), test.query());
    assertEquals(events.subList(0, 4), heldOut.training().interactions());
    assertEquals(List.of(events.get(0), events.get(3)), heldOut.training().likes());
    assertEquals(byPair(counts(events.subList(0, 4), rule)), byPair(heldOut.training().counts()));
    float[] popularity = new ItemRows(corpus.items()).interactions(corpus);
    assertArrayEquals(new float[] {1, 0, 3, 1}, popularity);
  }

  private static List<PairCount> counts(List<Interaction> events, CountingRule rule) {
    return new PairReplay(rule)
        .interactions(events).entrySet().stream()
            .map(each -> new PairCount(each.getKey(), each.getValue()))
            .toList();
  }

  @Test
  void split_lateCount_stopsAtNone() {
    Pair pair = Pair.ItemItem.of(new ItemId("a"), new ItemId("b"));
    List<PairCount> counts = List.of(new PairCount(pair, 1));
    assertEquals(List.of(), HeldOut.without(counts, Map.of(pair, 2L)));
    assertEquals(counts, HeldOut.without(counts, Map.of()));
  }

  @Test
  void split_busySearcher_isCapped() {
    UserId busy = new UserId("busy");
    List<Search> searches = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      searches.add(
          new Search("q" + i, new ItemId("a"), Optional.of(busy), Instant.ofEpochSecond(i)));
    }
    HeldOut heldOut = HeldOut.split(catalogue(List.of(), searches), SETTINGS, WINDOW, 1);
    assertEquals(SETTINGS.searchesPerUser(), heldOut.test().size());
    assertEquals(28, heldOut.training().searches().size());
  }

  @Test
  void split_removedItem_isNoCase() {
    List<Interaction> events =
        List.of(view(0, "a"), view(1, "b"), view(2, "c"), view(3, "d"), view(4, "gone"));
    HeldOut heldOut = HeldOut.split(catalogue(events, List.of()), SETTINGS, WINDOW, 1);
    assertEquals(3, heldOut.test().get(0).relevant());
  }

  private static Corpus catalogue(List<Interaction> events, List<Search> searches) {
    var items =
        List.of("a", "b", "c", "d").stream()
            .map(id -> new Item(new ItemId(id), id, Map.of(), Map.of()))
            .toList();
    return new Corpus(items, events, searches, TinyCorpus.counts(events, searches, WINDOW));
  }

  private static Interaction view(int second, String item) {
    return event(second, item, "view");
  }

  private static Interaction event(int second, String item, String kind) {
    return new Interaction(
        new UserId("u"), new ItemId(item), kind, 1, Instant.ofEpochSecond(second));
  }

  private static String key(InteractionSplit.NextInteraction one) {
    return one.user() + " " + one.next();
  }

  private static Map<Pair, Long> byPair(List<PairCount> counts) {
    return counts.stream().collect(Collectors.toMap(PairCount::pair, PairCount::total));
  }
}
