package io.sidestream.experiments;

import io.sidestream.experiments.run.ExperimentContext;
import io.sidestream.report.Chart;
import io.sidestream.report.Findings;
import io.sidestream.report.Table;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * One question about the method, and the systems that are compared to answer it. A new experiment
 * is one class that extends this, listed in {@link Experiments#ALL}.
 */
public abstract class Experiment {
  private final String name;
  private final String question;

  /**
   * @param name on the command line
   * @param question that it answers
   */
  Experiment(String name, String question) {
    this.name = name;
    this.question = question;
  }

  /** Its name on the command line. */
  final String name() {
    return name;
  }

  /** Runs it. What the context has cached from other experiments is not computed again. */
  abstract Findings run(ExperimentContext context) throws IOException;

  /** The findings of this experiment. */
  final Findings findings(
      String meaning, Map<String, String> setup, List<Table> tables, List<Chart> charts) {
    return new Findings(name, question, meaning, setup, tables, charts);
  }
}
