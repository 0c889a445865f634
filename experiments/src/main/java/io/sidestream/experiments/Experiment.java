package io.sidestream.experiments;

import io.sidestream.experiments.run.ExperimentContext;
import io.sidestream.report.Findings;
import java.io.IOException;

/** One question about the method, and how it is answered. A new one is one class. */
public interface Experiment {
  /** Its name on the command line. */
  String name();

  /** What it is run to learn. */
  String question();

  /** Answers it. What the laboratory knows from other experiments is not measured again. */
  Findings run(ExperimentContext laboratory) throws IOException;
}
