package io.sidestream.experiments;

import io.sidestream.experiments.data.CaseGroup;
import io.sidestream.experiments.evaluation.Slice;
import io.sidestream.experiments.evaluation.Unit;
import io.sidestream.experiments.run.EvaluatedSystem;
import io.sidestream.experiments.run.MetricSelector;
import io.sidestream.learning.evaluation.Metric;
import io.sidestream.report.Cell;
import io.sidestream.report.Column;
import io.sidestream.report.Row;
import io.sidestream.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A table with systems as rows and metrics as columns. */
final class RecallTable {
  private final Map<String, MetricSelector> columns = new LinkedHashMap<>();

  /** Recall@30 of items in each group, and in slices of it. */
  static RecallTable ofItems(List<String> groups) {
    RecallTable table = new RecallTable();
    for (String group : groups) {
      table.recall(group, group, Slice.ALL);
      if (group.equals(CaseGroup.REC)) {
        table.recall(group + ", head", group, Slice.HEAD);
        table.recall(group + ", below head", group, Slice.BELOW_HEAD);
      } else {
        table.recall(group + ", new pairs", group, Slice.NEW_PAIRS);
        table.recall(group + ", never searched", group, Slice.NEVER_SEARCHED);
      }
    }
    return table;
  }

  /** Recall@10 and NDCG@10 of items, and recall@30 of IDs, in each group. */
  static RecallTable ofRanks(List<String> groups) {
    RecallTable table = new RecallTable();
    for (String group : groups) {
      table.with(group + " R@10", group, Metric.RECALL_AT_10, Unit.ITEM, Slice.ALL);
      table.with(group + " NDCG@10", group, Metric.NDCG_AT_10, Unit.ITEM, Slice.ALL);
      table.with(group + " R@30 of IDs", group, Metric.RECALL_AT_30, Unit.ID, Slice.ALL);
    }
    return table;
  }

  /** Recall@30 of warm and of cold items in each group. */
  static RecallTable ofColdAndWarm(List<String> groups) {
    RecallTable table = new RecallTable();
    for (String group : groups) {
      table.recall(group + ", warm", group, Slice.WARM);
      table.recall(group + ", cold", group, Slice.COLD);
    }
    return table;
  }

  private void recall(String name, String group, Slice slice) {
    with(name, group, Metric.RECALL_AT_30, Unit.ITEM, slice);
  }

  private void with(String name, String group, Metric metric, Unit unit, Slice slice) {
    columns.put(name, MetricSelector.of(group, metric, unit, slice));
  }

  /** The table of these systems; significant differences from the reference are marked. */
  Table of(
      String title,
      String rowTitle,
      List<EvaluatedSystem> systems,
      Optional<EvaluatedSystem> reference) {
    List<Map.Entry<String, MetricSelector>> filled =
        columns.entrySet().stream().filter(column -> isFilled(column.getValue(), systems)).toList();
    return new Table(
        title,
        reference
            .map(
                system ->
                    String.format(
                        "Standard errors in brackets, standard deviations over seeds behind ±; † differs from %s by a"
                            + " paired t-test, p < .05.",
                        system.name()))
            .orElse(""),
        rowTitle,
        filled.stream().map(column -> Column.higher(column.getKey())).toList(),
        systems.stream().map(system -> row(system, filled, reference)).toList());
  }

  private static boolean isFilled(MetricSelector metric, List<EvaluatedSystem> systems) {
    return systems.stream().anyMatch(system -> metric.mean(system).isPresent());
  }

  private static Row row(
      EvaluatedSystem system,
      List<Map.Entry<String, MetricSelector>> filled,
      Optional<EvaluatedSystem> reference) {
    List<Cell> cells = new ArrayList<>();
    for (Map.Entry<String, MetricSelector> column : filled) {
      cells.add(
          reference.isPresent()
              ? column.getValue().cell(system, reference.get())
              : column.getValue().cell(system));
    }
    return new Row(system.name(), cells);
  }
}
