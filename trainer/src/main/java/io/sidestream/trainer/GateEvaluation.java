package io.sidestream.trainer;

import io.sidestream.learning.corpus.QueryLogs;
import io.sidestream.learning.evaluation.CollectedCases;
import io.sidestream.learning.evaluation.Evaluation;
import io.sidestream.learning.evaluation.Gate;
import io.sidestream.learning.evaluation.HeldOut;
import io.sidestream.learning.evaluation.Metrics;
import io.sidestream.learning.evaluation.Verdict;
import io.sidestream.learning.generation.CandidateGeneration;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.generator.Task;
import io.sidestream.model.ranking.LiveCounts;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Metrics of a generation on the test cases, and the gate's verdict. */
record GateEvaluation(Map<String, Double> metrics, Verdict verdict) {
  /**
   * @param live measures the live generation on the same cases
   */
  static GateEvaluation of(
      HeldOut heldOut,
      CandidateGeneration candidate,
      TrainingJob job,
      LiveRecall live,
      TrainingProgress progress) {
    CollectedCases test = candidate.collect(heldOut.test(), "test", progress);
    Map<String, Double> metrics = CodebookMetrics.of(candidate.coded());
    metrics.putAll(new Evaluation(heldOut.training()).measure(test, candidate.ranking()));
    progress.finished("test", recalls(metrics, Metrics.RECALL_AT_30));
    job.live()
        .map(one -> live.on(heldOut, counts(heldOut, candidate), one, progress))
        .ifPresent(metrics::putAll);
    Gate gate = new Gate(candidate.settings().gate());
    metrics.putAll(gate.gated(metrics));
    Verdict verdict = gate.decide(metrics, job.live());
    progress.stage("gate", verdict.accepted() ? "accepted" : "rejected");
    progress.finished("gate", verdict.reason());
    return new GateEvaluation(metrics, verdict);
  }

  private static LiveCounts counts(HeldOut heldOut, CandidateGeneration candidate) {
    return new LiveCounts(candidate.neighbours(), QueryLogs.clicks(heldOut.training())::of);
  }

  /** The recall@30 of the tasks that have it under a name, as a text. */
  static String recalls(Map<String, Double> metrics, String name) {
    return Arrays.stream(Task.values())
        .filter(task -> metrics.containsKey(Metrics.of(task, name)))
        .map(
            task ->
                String.format(
                    Locale.ROOT, "%s %.3f", task.label(), metrics.get(Metrics.of(task, name))))
        .collect(Collectors.joining(", ", "recall@30: ", ""));
  }
}
