package io.sidestream.experiments;

import io.sidestream.experiments.run.EvaluatedIds;
import io.sidestream.experiments.trials.TrialResult;
import io.sidestream.learning.codebook.CodeUsage;
import io.sidestream.report.Axis;
import io.sidestream.report.BarSeries;
import io.sidestream.report.Bars;
import io.sidestream.report.Cell;
import io.sidestream.report.Column;
import io.sidestream.report.Histogram;
import io.sidestream.report.Lines;
import io.sidestream.report.Row;
import io.sidestream.report.Series;
import io.sidestream.report.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How well sets of IDs tell items apart, of the first seed; of search's where tasks differ. */
final class IdTable {
  private IdTable() {}

  static Table of(String title, String rowTitle, List<EvaluatedIds> tested) {
    int levels = levels(tested);
    List<Column> columns = new ArrayList<>();
    columns.add(Column.neutral("new tokens"));
    columns.add(Column.lower("energy left"));
    columns.add(Column.higher("distinct IDs"));
    columns.add(Column.lower("share not alone"));
    columns.add(Column.lower("largest bucket"));
    for (int level = 1; level <= levels; level++) {
      columns.add(Column.higher("perplexity " + level).withDecimals(1));
    }
    return new Table(
        title,
        "Energy left: share of the vectors' sum of squares that the IDs miss, for what they were"
            + " fitted to.",
        rowTitle,
        columns,
        tested.stream().map(one -> row(one, levels)).toList());
  }

  private static Row row(EvaluatedIds tested, int levels) {
    TrialResult result = tested.first();
    CodeUsage ids = result.search().usage();
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.count(result.newTokens()));
    cells.add(Cell.of(result.residualEnergy()));
    cells.add(Cell.count(ids.distinctIds()));
    cells.add(Cell.of(ids.collidedShare()));
    cells.add(Cell.count(ids.largestBucket()));
    for (int level = 0; level < levels; level++) {
      cells.add(
          level < ids.levels().size()
              ? Cell.of(ids.levels().get(level).perplexity())
              : Cell.ABSENT);
    }
    return new Row(tested.name(), cells);
  }

  /** How many items carry each code of a level, most used first. */
  static Lines usage(String title, List<EvaluatedIds> tested, int level) {
    Map<String, int[]> uses = new LinkedHashMap<>();
    for (EvaluatedIds one : tested) {
      List<int[]> levels = one.first().search().uses();
      if (level < levels.size()) {
        uses.put(one.name(), levels.get(level));
      }
    }
    return Lines.ofCodeUsage(title, "A flat line is even use; a steep one is collapse.", uses);
  }

  /** Which share of the items shares its ID with how many others. */
  static Histogram collisions(String title, List<EvaluatedIds> tested) {
    Map<String, int[]> sizes = new LinkedHashMap<>();
    tested.forEach(one -> sizes.put(one.name(), bucketSizes(one.first().search().buckets())));
    return Histogram.ofCollisions(title, "Items alone on their ID stand left.", sizes);
  }

  /** How varied the codes of each level are. */
  static Bars perplexities(String title, List<EvaluatedIds> tested) {
    int levels = levels(tested);
    List<BarSeries> series = new ArrayList<>();
    for (int level = 0; level < levels; level++) {
      int at = level;
      series.add(
          BarSeries.of(
              "level " + (level + 1), tested.stream().map(one -> perplexity(one, at)).toList()));
    }
    return new Bars(
        title,
        "How many codes used equally often would be as varied; 1 is collapse.",
        Axis.higher("perplexity"),
        tested.stream().map(EvaluatedIds::name).toList(),
        series);
  }

  private static double perplexity(EvaluatedIds tested, int level) {
    List<CodeUsage.Level> levels = tested.first().search().usage().levels();
    return level < levels.size() ? levels.get(level).perplexity() : 0;
  }

  private static int levels(List<EvaluatedIds> tested) {
    return tested.stream()
        .map(one -> one.first().search().usage().levels().size())
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** From how many IDs name n items to the size of each bucket. */
  private static int[] bucketSizes(int[] buckets) {
    List<Integer> sizes = new ArrayList<>();
    for (int size = 1; size <= buckets.length; size++) {
      for (int id = 0; id < buckets[size - 1]; id++) {
        sizes.add(size);
      }
    }
    return sizes.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The generators' losses over their training. */
  static Lines losses(String title, List<EvaluatedIds> tested) {
    return new Lines(
        title,
        "Cross-entropy of the right ID in nats, summed over its codes.",
        Axis.neutral("part of the training"),
        Axis.lower("loss"),
        tested.stream()
            .map(
                one ->
                    Series.of(
                        one.name(),
                        one.first().losses().stream().mapToDouble(Double::doubleValue).toArray()))
            .toList(),
        List.of());
  }
}
