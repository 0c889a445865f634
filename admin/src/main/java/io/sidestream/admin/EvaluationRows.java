package io.sidestream.admin;

import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;

/**
 * The metrics of a generation as rows of one gauge, with the labels {@code task} and {@code
 * metric}.
 */
public final class EvaluationRows {
  private EvaluationRows() {}

  /**
   * The rows.
   *
   * @param metrics by name, {@code <task>.<metric>}
   */
  public static List<Row<?>> of(Map<String, Double> metrics) {
    return metrics.entrySet().stream()
        .filter(one -> one.getKey().indexOf('.') > 0)
        .<Row<?>>map(one -> row(one.getKey(), one.getValue()))
        .toList();
  }

  private static Row<?> row(String name, double value) {
    int dot = name.indexOf('.');
    return Row.of(
        Tags.of("task", name.substring(0, dot), "metric", name.substring(dot + 1)), value);
  }
}
