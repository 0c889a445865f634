package io.sidestream.experiments.run;

import static io.sidestream.schemas.Checks.check;
import static java.util.Objects.requireNonNull;

import io.sidestream.experiments.data.CaseGroup;
import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.experiments.evaluation.GroupEvaluation;
import io.sidestream.learning.evaluation.Ranker;
import io.sidestream.learning.evaluation.Ranking;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The ranks of the relevant items of test cases in one system's answers, by the name of the group;
 * a group of a task that the system does not serve is absent.
 */
record Ranks(Map<String, Group> groups) {
  /**
   * The ranks of one group, case by case; {@link Ranking#MISSING} for an item that is not in the
   * answer.
   *
   * @param items ranks among items, 0 the best, shape [case]
   * @param ids ranks of their IDs among IDs, shape [case]; empty for a system without IDs
   */
  record Group(int[] items, int[] ids) {
    Group {
      check(
          ids.length == 0 || ids.length == items.length,
          "%d ranks of items and %d of IDs, expected as many",
          items.length,
          ids.length);
      items = items.clone();
      ids = ids.clone();
    }

    private static Group of(List<Ranking> rankings) {
      boolean hasIds = rankings.stream().allMatch(ranking -> ranking.id().isPresent());
      return new Group(
          rankings.stream().mapToInt(Ranking::item).toArray(),
          hasIds
              ? rankings.stream().mapToInt(ranking -> ranking.id().getAsInt()).toArray()
              : new int[0]);
    }

    private List<Ranking> rankings() {
      return IntStream.range(0, items.length)
          .mapToObj(i -> ids.length == 0 ? Ranking.ofItem(items[i]) : Ranking.of(items[i], ids[i]))
          .toList();
    }
  }

  Ranks {
    groups = new TreeMap<>(groups);
  }

  static Ranks of(List<CaseGroup> groups, Function<CaseGroup, List<Ranking>> rankings) {
    Map<String, Group> ranks = new TreeMap<>();
    groups.forEach(group -> ranks.put(group.name(), Group.of(rankings.apply(group))));
    return new Ranks(ranks);
  }

  /** The ranks by a system that answers all cases of these groups. */
  static Ranks by(Ranker ranker, List<CaseGroup> groups) {
    return of(groups, group -> GroupEvaluation.of("ranked", group, ranker).rankings());
  }

  /** The evaluations of the groups of a split, in the order of the split. */
  List<GroupEvaluation> evaluated(String system, ExperimentData data) {
    return data.test().stream()
        .filter(group -> groups.containsKey(group.name()))
        .map(
            group ->
                new GroupEvaluation(
                    system, group, requireNonNull(groups.get(group.name())).rankings()))
        .toList();
  }
}
