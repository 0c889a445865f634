package io.sidestream.experiments;

import io.sidestream.experiments.evaluation.CaseValues;
import io.sidestream.experiments.evaluation.MeanEstimate;
import io.sidestream.experiments.evaluation.PairedTest;
import io.sidestream.experiments.run.ExperimentContext;
import io.sidestream.experiments.run.RefreshResult;
import io.sidestream.model.generator.Task;
import io.sidestream.report.Cell;
import io.sidestream.report.Column;
import io.sidestream.report.Findings;
import io.sidestream.report.Row;
import io.sidestream.report.Spread;
import io.sidestream.report.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What refreshes of a generation keep of a full training's recall, and what they cost. */
final class Refreshes extends Experiment {
  private static final int DECIMALS_OF_SECONDS = 1;

  Refreshes() {
    super(
        "refreshes",
        "What do refreshes keep of the recall of full trainings on the events that come after, and"
            + " what do they cost?");
  }

  /** All cuts of one arm together. */
  private record Arm(String name, List<RefreshResult.Trained> steps) {
    double seconds() {
      return steps.stream().mapToDouble(RefreshResult.Trained::cpuSeconds).sum();
    }

    CaseValues hits(Task task) {
      return CaseValues.of(steps.stream().map(step -> step.hits(task)).toList());
    }

    double recall(Task task) {
      return hits(task).estimate().mean();
    }
  }

  @Override
  Findings run(ExperimentContext context) throws IOException {
    Map<String, List<RefreshResult.Trained>> byArm = new LinkedHashMap<>();
    for (RefreshResult.Trained step : context.refreshes().steps()) {
      byArm.computeIfAbsent(step.arm(), name -> new ArrayList<>()).add(step);
    }
    List<Arm> arms = new ArrayList<>();
    byArm.forEach((name, steps) -> arms.add(new Arm(name, steps)));
    Arm full = arms.get(arms.size() - 1);
    return findings(
        meaning(arms.get(arms.size() - 2), full),
        Map.of(
            "events",
            "a first 7 of 11 parts by time, "
                + context.settings().refreshes()
                + " refreshes of one part, tests on the part after"),
        List.of(recall(arms, full), cuts(arms)),
        List.of());
  }

  private static String meaning(Arm refreshed, Arm full) {
    List<String> parts = new ArrayList<>();
    for (Task task : Task.values()) {
      if (full.recall(task) > 0) {
        parts.add(
            String.format(
                Locale.ROOT,
                "%.0f %% of the %s recall",
                100 * refreshed.recall(task) / full.recall(task),
                task.label()));
      }
    }
    return String.format(
        Locale.ROOT,
        "An aligned refresh has %s of full trainings, for %.0f %% of their CPU time.",
        parts.isEmpty() ? "nothing to compare with" : String.join(" and ", parts),
        full.seconds() > 0 ? 100 * refreshed.seconds() / full.seconds() : 100.0);
  }

  private static Table recall(List<Arm> arms, Arm full) {
    List<Column> columns = new ArrayList<>();
    for (Task task : Task.values()) {
      columns.add(Column.higher(task.label()));
      columns.add(Column.neutral(task.label() + ", over full"));
    }
    columns.add(Column.lower("CPU s").withDecimals(DECIMALS_OF_SECONDS));
    List<Row> rows = new ArrayList<>();
    for (Arm arm : arms) {
      List<Cell> cells = new ArrayList<>();
      for (Task task : Task.values()) {
        CaseValues hits = arm.hits(task);
        cells.add(mean(hits));
        cells.add(difference(hits, full.hits(task)));
      }
      cells.add(Cell.of(arm.seconds()));
      rows.add(new Row(arm.name(), cells));
    }
    return new Table(
        "Recall@30 of items, all cuts together",
        "Differences are paired; standard errors over users.",
        "training",
        columns,
        rows);
  }

  private static Cell mean(CaseValues hits) {
    MeanEstimate estimate = hits.estimate();
    return estimate.clusters() < 2
        ? Cell.ABSENT
        : Cell.of(estimate.mean(), Spread.standardError(estimate.standardError()));
  }

  private static Cell difference(CaseValues hits, CaseValues full) {
    if (hits.estimate().clusters() < 2) {
      return Cell.ABSENT;
    }
    PairedTest test = PairedTest.of(hits, full);
    return Cell.of(test.difference(), Spread.standardError(test.standardError()));
  }

  private static Table cuts(List<Arm> arms) {
    int shares =
        arms.stream()
            .flatMap(arm -> arm.steps().stream())
            .mapToInt(step -> step.kept().size())
            .max()
            .orElse(0);
    List<Column> columns = new ArrayList<>();
    for (Task task : Task.values()) {
      columns.add(Column.higher(task.label()));
    }
    columns.add(Column.lower("CPU s").withDecimals(DECIMALS_OF_SECONDS));
    for (int level = 1; level < shares; level++) {
      columns.add(Column.neutral("kept code " + level));
    }
    if (shares > 0) {
      columns.add(Column.neutral("kept IDs"));
    }
    List<Row> rows = new ArrayList<>();
    for (Arm arm : arms) {
      for (RefreshResult.Trained step : arm.steps()) {
        rows.add(row(step, shares));
      }
    }
    return new Table("After each cut", "", "training", columns, rows);
  }

  private static Row row(RefreshResult.Trained step, int shares) {
    Arm one = new Arm(step.arm(), List.of(step));
    List<Cell> cells = new ArrayList<>();
    for (Task task : Task.values()) {
      cells.add(mean(one.hits(task)));
    }
    cells.add(Cell.of(step.cpuSeconds()));
    for (int share = 0; share < shares; share++) {
      cells.add(share < step.kept().size() ? Cell.of(step.kept().get(share)) : Cell.ABSENT);
    }
    return new Row(step.arm() + ", cut " + step.cut(), cells);
  }
}
