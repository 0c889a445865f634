package io.sidestream.experiments.run;

import io.sidestream.experiments.data.TimeCuts;
import io.sidestream.learning.evaluation.CollectedCases;
import io.sidestream.learning.evaluation.EvaluationCase;
import io.sidestream.learning.evaluation.HeldOut;
import io.sidestream.learning.generation.CandidateGeneration;
import io.sidestream.learning.generation.GenerationTrainer;
import io.sidestream.learning.generation.ParentCodes;
import io.sidestream.learning.generation.TrainingStart;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.bundle.CodeAlignment;
import io.sidestream.model.bundle.GenerationWeights;
import io.sidestream.model.bundle.ItemCodes;
import io.sidestream.model.generator.Task;
import io.sidestream.schemas.Generation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;

/**
 * Trains a first generation, and after each cut refreshes it in several ways and trains another
 * from the beginning; each is tested on the events that come then, by the code that serves.
 *
 * @param refreshes how many cuts
 * @param work what trainings cache
 * @param cpuSeconds of this process so far
 */
record RefreshRun(
    TimeCuts cuts,
    TrainingSettings settings,
    int refreshes,
    Path work,
    DoubleSupplier cpuSeconds,
    TrainingProgress progress) {
  static final String FROZEN = "frozen";
  static final String UNALIGNED = "refreshed, unaligned";
  static final String ALIGNED = "refreshed, aligned";
  static final String FULL = "trained in full";

  private static final int RECALLED = 30;
  private static final int MAX_CASES = 1_000;
  private static final String SHA256 = "00".repeat(32);

  /** What the next training of an arm begins with. */
  private record Parent(ItemCodes codes, GenerationWeights weights) {
    static Parent of(CandidateGeneration learned) throws IOException {
      return new Parent(
          new ItemCodes(
              learned.coded().codebook().shape(),
              learned.coded().assignments().items(),
              learned.coded().assignments().codes()),
          learned.weights());
    }

    TrainingStart start(String arm) {
      Optional<ParentCodes> aligned = Optional.of(ParentCodes.of(new Generation(1), SHA256, codes));
      return switch (arm) {
        case UNALIGNED -> TrainingStart.refresh(Optional.empty(), weights, 1, arm);
        case ALIGNED -> TrainingStart.refresh(aligned, weights, 1, arm);
        default -> TrainingStart.full(aligned, arm);
      };
    }
  }

  RefreshResult run() throws IOException {
    List<RefreshResult.Trained> steps = new ArrayList<>();
    Map<String, Parent> parents = new TreeMap<>();
    try (CandidateGeneration first = learn(TrainingStart.NONE, 0)) {
      Parent parent = Parent.of(first);
      List.of(UNALIGNED, ALIGNED, FULL).forEach(arm -> parents.put(arm, parent));
      for (int cut = 1; cut <= refreshes; cut++) {
        List<EvaluationCase> cases = cuts.after(cut, MAX_CASES);
        steps.add(new RefreshResult.Trained(cut, FROZEN, 0, List.of(), hits(first, cases)));
        for (String arm : List.of(UNALIGNED, ALIGNED, FULL)) {
          steps.add(step(cut, arm, parents, cases));
        }
      }
    }
    return new RefreshResult(steps);
  }

  private RefreshResult.Trained step(
      int cut, String arm, Map<String, Parent> parents, List<EvaluationCase> cases)
      throws IOException {
    Parent before = Objects.requireNonNull(parents.get(arm), arm);
    double from = cpuSeconds.getAsDouble();
    try (CandidateGeneration learned = learn(before.start(arm), cut)) {
      double seconds = cpuSeconds.getAsDouble() - from;
      parents.put(arm, Parent.of(learned));
      return new RefreshResult.Trained(
          cut, arm, seconds, kept(learned, before.codes()), hits(learned, cases));
    }
  }

  private CandidateGeneration learn(TrainingStart start, int cut) throws IOException {
    HeldOut heldOut =
        HeldOut.split(cuts.before(cut), settings.heldOut(), settings.window(), settings.seed());
    return new GenerationTrainer(settings, work).learn(heldOut, start, progress);
  }

  private static List<Double> kept(CandidateGeneration learned, ItemCodes before) {
    int[][] former =
        learned.coded().assignments().items().stream()
            .map(item -> before.of(item).orElse(new int[0]))
            .toArray(int[][]::new);
    CodeAlignment.Kept kept =
        CodeAlignment.Kept.of(
            learned.coded().assignments().codes(),
            former,
            learned.coded().codebook().shape().levels());
    List<Double> shares = new ArrayList<>(kept.codes());
    shares.add(kept.ids());
    return shares;
  }

  private Map<String, List<Integer>> hits(CandidateGeneration learned, List<EvaluationCase> cases) {
    Map<String, List<Integer>> hits = new TreeMap<>();
    for (Task task : Task.values()) {
      CollectedCases collected =
          learned.collect(EvaluationCase.of(task, cases), "events after", progress);
      int[] ranks = collected.ranks(learned.answering().weights(task));
      hits.put(
          task.label(), Arrays.stream(ranks).mapToObj(rank -> rank < RECALLED ? 1 : 0).toList());
    }
    return hits;
  }
}
