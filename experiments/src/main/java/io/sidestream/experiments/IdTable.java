package io.sidestream.experiments;

import io.sidestream.experiments.run.EvaluatedIds;
import io.sidestream.experiments.run.TrialResult;
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

/** Statistics of sets of IDs, of the first seed; of the search IDs where tasks differ. */
final class IdTable {
  private IdTable() {}

  static Table of(String title, String rowTitle, List<EvaluatedIds> ids) {
    int levels = levels(ids);
    List<Column> columns = new ArrayList<>();
    columns.add(Column.neutral("new tokens"));
    columns.add(Column.lower("relative quantization error"));
    columns.add(Column.higher("distinct IDs"));
    columns.add(Column.lower("collision rate"));
    columns.add(Column.lower("largest bucket"));
    for (int level = 1; level <= levels; level++) {
      columns.add(Column.higher("perplexity " + level).withDecimals(1));
    }
    return new Table(
        title,
        "Relative quantization error: squared error over the vectors' sum of squares, of the fitted"
            + " vectors. Collision rate: share of items whose ID is not unique.",
        rowTitle,
        columns,
        ids.stream().map(one -> row(one, levels)).toList());
  }

  private static Row row(EvaluatedIds ids, int levels) {
    TrialResult result = ids.first();
    CodeUsage usage = result.search().usage();
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.count(result.newTokens()));
    cells.add(Cell.of(result.relativeQuantizationError()));
    cells.add(Cell.count(usage.distinctIds()));
    cells.add(Cell.of(usage.collisionRate()));
    cells.add(Cell.count(usage.largestBucket()));
    for (int level = 0; level < levels; level++) {
      cells.add(
          level < usage.levels().size()
              ? Cell.of(usage.levels().get(level).perplexity())
              : Cell.ABSENT);
    }
    return new Row(ids.name(), cells);
  }

  /** How many items have each code of a level, most used first. */
  static Lines usage(String title, List<EvaluatedIds> ids, int level) {
    Map<String, int[]> uses = new LinkedHashMap<>();
    for (EvaluatedIds one : ids) {
      List<int[]> levels = one.first().search().uses();
      if (level < levels.size()) {
        uses.put(one.name(), levels.get(level));
      }
    }
    return Lines.ofCodeUsage(
        title, "A flat line is uniform use; a steep one is codebook collapse.", uses);
  }

  /** The share of items by the number of items on the same ID. */
  static Histogram collisions(String title, List<EvaluatedIds> ids) {
    Map<String, int[]> buckets = new LinkedHashMap<>();
    ids.forEach(one -> buckets.put(one.name(), one.first().search().buckets()));
    return Histogram.ofCollisions(
        title, "Items with a unique ID are in the leftmost bin.", buckets);
  }

  /** The perplexity of the codes of each level. */
  static Bars perplexities(String title, List<EvaluatedIds> ids) {
    int levels = levels(ids);
    List<BarSeries> series = new ArrayList<>();
    for (int level = 0; level < levels; level++) {
      int at = level;
      series.add(
          new BarSeries(
              "level " + (level + 1), ids.stream().map(one -> perplexity(one, at)).toList()));
    }
    return new Bars(
        title,
        "The number of uniformly used codes with the same entropy; 1 is codebook collapse.",
        Axis.higher("perplexity"),
        ids.stream().map(EvaluatedIds::name).toList(),
        series);
  }

  private static double perplexity(EvaluatedIds ids, int level) {
    List<CodeUsage.Level> levels = ids.first().search().usage().levels();
    return level < levels.size() ? levels.get(level).perplexity() : 0;
  }

  private static int levels(List<EvaluatedIds> ids) {
    return ids.stream()
        .map(one -> one.first().search().usage().levels().size())
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** The generators' losses over their training. */
  static Lines losses(String title, List<EvaluatedIds> ids) {
    return losses(
        title,
        "Cross-entropy of the relevant ID in nats, summed over its codes.",
        ids.stream().map(one -> series(one.name(), one.first().losses())).toList());
  }

  /** The losses of one training. */
  static Lines lossCurve(String title, List<Double> losses) {
    return losses(title, "Means of equal parts of the training.", List.of(series("loss", losses)));
  }

  private static Lines losses(String title, String caption, List<Series> series) {
    return new Lines(
        title, caption, Axis.neutral("part of the training"), Axis.lower("loss"), series);
  }

  private static Series series(String name, List<Double> losses) {
    return Series.of(name, losses.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
