package io.sidestream.experiments.data;

import static io.sidestream.schemas.Checks.checkRange;

import io.sidestream.datasets.DatasetByKind;
import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.ItemRows;
import io.sidestream.learning.corpus.PairReplay;
import io.sidestream.learning.evaluation.EvaluationCase;
import io.sidestream.learning.evaluation.EvaluationQuery;
import io.sidestream.learning.evaluation.PopularityBucket;
import io.sidestream.learning.evaluation.TrainingExposure;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.pairs.CountingRule;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairCount;
import io.sidestream.schemas.pairs.WindowLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The events of a data set cut by time into eleven parts of equal count: seven for a first
 * training, one for each of three refreshes, one that comes after the last.
 *
 * @param items sorted by id
 * @param interactions by time
 * @param searches by time
 */
public record TimeCuts(
    List<Item> items, List<Interaction> interactions, List<Search> searches, WindowLimits window) {
  /** Refreshes after the first training. */
  public static final int REFRESHES = 3;

  private static final int FIRST = 7;
  private static final int PARTS = FIRST + REFRESHES + 1;

  /** What a case says of its item does not matter here. */
  private static final TrainingExposure ANY =
      new TrainingExposure(PopularityBucket.TAIL, false, false, false);

  public TimeCuts {
    items = List.copyOf(items);
    interactions = List.copyOf(interactions);
    searches = List.copyOf(searches);
  }

  /** Of the interactions and the searches whose time is known. */
  public static TimeCuts of(DatasetByKind dataset, WindowLimits window) {
    return new TimeCuts(
        dataset.items().stream().sorted(Comparator.comparing(Item::id)).toList(),
        dataset.interactions().stream().sorted(Comparator.comparing(Interaction::at)).toList(),
        dataset.userSearches().stream().sorted(Comparator.comparing(Search::at)).toList(),
        window);
  }

  /** Everything before a cut: 0 is that of the first training, 1 that of the first refresh. */
  public Corpus before(int cut) {
    Instant end = end(cut);
    List<Interaction> known = interactions.stream().filter(one -> one.at().isBefore(end)).toList();
    List<Search> searched = searches.stream().filter(one -> one.at().isBefore(end)).toList();
    Map<Pair, Long> totals = new PairReplay(CountingRule.of(window)).interactions(known);
    totals.putAll(PairReplay.searches(searched));
    return new Corpus(
        items,
        known,
        searched,
        totals.entrySet().stream()
            .map(entry -> new PairCount(entry.getKey(), entry.getValue()))
            .toList());
  }

  /**
   * The events of the part after a cut as cases, in order, thinned evenly to a number a task. A
   * history is all that its user did before, in that part too.
   */
  public List<EvaluationCase> after(int cut, int most) {
    Instant from = end(cut);
    Instant to = end(cut + 1);
    ItemRows rows = new ItemRows(items);
    List<EvaluationCase> recommended = new ArrayList<>();
    Map<UserId, List<Integer>> histories = new HashMap<>();
    for (Interaction one : interactions) {
      List<Integer> history = histories.computeIfAbsent(one.user(), user -> new ArrayList<>());
      int row = row(rows, one.item());
      if (!one.at().isBefore(to)) {
        break;
      }
      if (!one.at().isBefore(from) && !history.isEmpty() && !history.contains(row)) {
        recommended.add(
            new EvaluationCase(
                Optional.of(one.user()),
                new EvaluationQuery.History(history),
                row,
                Set.copyOf(history),
                ANY));
      }
      history.remove((Integer) row);
      history.add(row);
    }
    List<EvaluationCase> searched =
        searches.stream()
            .filter(one -> !one.at().isBefore(from) && one.at().isBefore(to))
            .map(
                one ->
                    new EvaluationCase(
                        one.user(),
                        new EvaluationQuery.Query(one.query()),
                        row(rows, one.clicked()),
                        Set.of(),
                        ANY))
            .toList();
    return Stream.of(recommended, searched).flatMap(some -> thinned(some, most)).toList();
  }

  private static int row(ItemRows rows, ItemId item) {
    return rows.row(item).orElseThrow();
  }

  private static Stream<EvaluationCase> thinned(List<EvaluationCase> cases, int most) {
    int step = Math.max(1, (cases.size() + most - 1) / most);
    return Stream.iterate(0, at -> at < cases.size(), at -> at + step).map(cases::get);
  }

  /** When the events before a cut have come. */
  private Instant end(int cut) {
    checkRange(cut, 0, REFRESHES + 1, "cut %d");
    List<Instant> times =
        Stream.concat(interactions.stream().map(Interaction::at), searches.stream().map(Search::at))
            .sorted()
            .toList();
    int count = (int) ((long) times.size() * (FIRST + cut) / PARTS);
    return count == times.size() ? Instant.MAX : times.get(count);
  }
}
