package io.sidestream.learning.corpus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.learning.evaluation.EvaluationQuery;
import io.sidestream.learning.evaluation.HeldOut;
import io.sidestream.learning.evaluation.HeldOutSettings;
import io.sidestream.model.terms.QueryLog;
import io.sidestream.model.terms.TermIndex;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairCount;
import io.sidestream.schemas.pairs.WindowLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class QueryLogsTest {
  private static final List<Item> ITEMS = List.of(item("a"), item("b"), item("c"));

  @Test
  void of_counts_areOfQueriesForItemsOfTheCorpus() {
    List<PairCount> counts =
        List.of(
            new PairCount(new Pair.QueryItem("red car", new ItemId("c")), 4),
            new PairCount(new Pair.QueryItem("lost", new ItemId("gone")), 1),
            new PairCount(Pair.ItemItem.of(new ItemId("a"), new ItemId("b")), 9));
    QueryLog all = QueryLogs.of(new Corpus(ITEMS, List.of(), List.of(), counts));
    TermIndex log = all.terms();
    TermIndex expected = TermIndex.of(3, List.of(new TermIndex.Text("red car", 2, 4)));
    assertEquals(List.of("car", "red"), log.terms());
    assertArrayEquals(expected.scores("red"), log.scores("red"));
    assertEquals(Math.log(5), all.clicks().matches("Red car").get(2));
    assertEquals(List.of("red car"), all.named().queries());
  }

  @Test
  void of_trainingOfASplit_containsNoHeldOutSearch() {
    List<Search> searches = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      searches.add(
          new Search(
              "word" + i,
              ITEMS.get(i % 3).id(),
              Optional.of(new UserId("u" + i % 7)),
              Instant.ofEpochSecond(1_000 + i)));
    }
    List<PairCount> counts =
        PairReplay.searches(searches).entrySet().stream()
            .map(one -> new PairCount(one.getKey(), one.getValue()))
            .toList();
    HeldOut split =
        HeldOut.split(
            new Corpus(ITEMS, List.of(), searches, counts),
            new HeldOutSettings(4, 10, 10, 0.15, 100, 100, 100),
            WindowLimits.DEFAULT,
            5);
    TermIndex log = QueryLogs.of(split.training()).terms();
    List<String> heldOut =
        Stream.concat(split.test().stream(), split.validation().stream())
            .map(one -> one.query().fold(EvaluationQuery.Query::text, history -> ""))
            .toList();
    assertEquals(30, heldOut.size());
    assertTrue(heldOut.stream().noneMatch(log.terms()::contains));
    assertEquals(70, log.terms().size());
    assertEquals(
        split.training().searches().stream().map(Search::query).sorted().toList(), log.terms());
    assertTrue(IntStream.range(0, 3).anyMatch(row -> log.scores("word0")[row] > 0));
  }

  private static Item item(String id) {
    return new Item(new ItemId(id), id, Map.of(), Map.of());
  }
}
