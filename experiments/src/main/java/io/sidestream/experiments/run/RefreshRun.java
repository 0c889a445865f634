package io.sidestream.experiments.run;

import io.sidestream.experiments.data.TimeCuts;
import io.sidestream.experiments.run.RefreshParents.Parent;
import io.sidestream.experiments.store.Store;
import io.sidestream.learning.evaluation.CollectedCases;
import io.sidestream.learning.evaluation.EvaluationCase;
import io.sidestream.learning.evaluation.HeldOut;
import io.sidestream.learning.generation.CandidateGeneration;
import io.sidestream.learning.generation.GenerationTrainer;
import io.sidestream.learning.generation.ParentCodes;
import io.sidestream.learning.generation.TrainingStart;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.bundle.BundleWriter;
import io.sidestream.model.bundle.CodeAlignment;
import io.sidestream.model.bundle.ItemCodes;
import io.sidestream.model.generator.Task;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.UserId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;

/**
 * Trains a first generation, and after each cut refreshes it in several ways and trains another
 * from the beginning; each is tested on the events that come then, by the code that serves. A run
 * that was interrupted goes on with the training that it was at.
 *
 * @param refreshes how many cuts
 * @param work what trainings cache
 * @param store results of single trainings, of this data, these settings and {@link #TESTED} alone
 * @param parents bundles of the same trainings
 * @param cpuSeconds of this process so far
 */
record RefreshRun(
    TimeCuts cuts,
    TrainingSettings settings,
    int refreshes,
    Path work,
    Store store,
    RefreshParents parents,
    DoubleSupplier cpuSeconds,
    TrainingProgress progress) {
  static final String FROZEN = "frozen";
  static final String UNALIGNED = "refreshed, unaligned";
  static final String ALIGNED = "refreshed, aligned";
  static final String FULL = "trained in full";

  /** Those that are trained after each cut. */
  private static final List<String> ARMS = List.of(UNALIGNED, ALIGNED, FULL);

  private static final int RECALLED = 30;

  /** Cases of a task: a difference of recall of one in a hundred is two standard errors. */
  private static final int MAX_CASES = 4_000;

  /** Part of what results are kept by. */
  static final String TESTED = MAX_CASES + " cases with their users";

  RefreshResult run() throws IOException {
    List<RefreshResult.Trained> steps = new ArrayList<>();
    for (RefreshResult.Trained frozen : frozen().steps()) {
      steps.add(frozen);
      for (String arm : ARMS) {
        steps.add(step(frozen.cut(), arm));
      }
    }
    return new RefreshResult(steps);
  }

  /** The first generation, tested after each cut. */
  private RefreshResult frozen() throws IOException {
    return store.value(
        "first of " + refreshes + " refreshes",
        RefreshResult.class,
        () -> {
          try (CandidateGeneration first = learn(TrainingStart.NONE, 0, FROZEN)) {
            List<RefreshResult.Trained> tests = new ArrayList<>();
            for (int cut = 1; cut <= refreshes; cut++) {
              tests.add(tested(first, cut, FROZEN, 0, List.of()));
            }
            parents.publish(first);
            return new RefreshResult(tests);
          }
        });
  }

  private RefreshResult.Trained step(int cut, String arm) throws IOException {
    return store.value(
        "refresh " + cut + ", " + arm,
        RefreshResult.Trained.class,
        () -> {
          Parent before = parents.read(generation(cut - 1, arm));
          double from = cpuSeconds.getAsDouble();
          try (CandidateGeneration learned = learn(start(before, arm), cut, arm)) {
            double seconds = cpuSeconds.getAsDouble() - from;
            List<Double> kept = kept(learned, before.codes());
            RefreshResult.Trained trained = tested(learned, cut, arm, seconds, kept);
            parents.publish(learned);
            return trained;
          }
        });
  }

  private static TrainingStart start(Parent before, String arm) {
    Optional<ParentCodes> aligned = Optional.of(before.aligned());
    return switch (arm) {
      case UNALIGNED -> TrainingStart.refresh(Optional.empty(), before.weights(), 1, arm);
      case ALIGNED -> TrainingStart.refresh(aligned, before.weights(), 1, arm);
      default -> TrainingStart.full(aligned, arm);
    };
  }

  private CandidateGeneration learn(TrainingStart start, int cut, String arm) throws IOException {
    HeldOut heldOut =
        HeldOut.split(cuts.before(cut), settings.heldOut(), settings.window(), settings.seed());
    Generation generation = generation(cut, arm);
    BundleWriter bundle = parents.stage(generation);
    try {
      return new GenerationTrainer(settings, work)
          .learn(heldOut, generation, bundle, start, progress);
    } catch (IOException | RuntimeException e) {
      bundle.close();
      throw e;
    }
  }

  /** A number of its own for each training. */
  private static Generation generation(int cut, String arm) {
    return new Generation(cut == 0 ? 1 : 2 + (cut - 1) * ARMS.size() + ARMS.indexOf(arm));
  }

  private RefreshResult.Trained tested(
      CandidateGeneration learned, int cut, String arm, double seconds, List<Double> kept) {
    Map<String, RefreshResult.Hits> hits = hits(learned, cuts.after(cut, MAX_CASES));
    return new RefreshResult.Trained(cut, arm, seconds, kept, hits);
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

  private Map<String, RefreshResult.Hits> hits(
      CandidateGeneration learned, List<EvaluationCase> cases) {
    Map<String, RefreshResult.Hits> hits = new TreeMap<>();
    for (Task task : Task.values()) {
      List<EvaluationCase> ofTask = EvaluationCase.of(task, cases);
      CollectedCases collected = learned.collect(ofTask, "events after", progress);
      int[] ranks = collected.ranks(learned.ranking());
      hits.put(
          task.label(),
          new RefreshResult.Hits(
              Arrays.stream(ranks).mapToObj(rank -> rank < RECALLED ? 1 : 0).toList(),
              ofTask.stream().map(one -> one.user().map(UserId::value).orElse("")).toList()));
    }
    return hits;
  }
}
