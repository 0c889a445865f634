package io.sidestream.ingest.flow;

import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** The group of our metrics in an operator; Flink's reporters show them with its labels. */
public final class FlinkMetrics {
  private static final String GROUP = "sidestream";

  private FlinkMetrics() {}

  /** The group in the operator of a function. */
  public static MetricGroup of(RuntimeContext context) {
    return context.getMetricGroup().addGroup(GROUP);
  }

  /** A counter with one label. */
  public static Counter counter(MetricGroup group, String name, String label, String value) {
    return group.addGroup(label, value).counter(name);
  }
}
