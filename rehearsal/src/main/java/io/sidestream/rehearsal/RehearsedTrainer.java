package io.sidestream.rehearsal;

import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.bundle.WarmStart;
import io.sidestream.model.store.BundleStore;
import io.sidestream.rehearsal.RehearsalResult.Arm;
import io.sidestream.rehearsal.RehearsalResult.Training;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.TrainingRequest;
import io.sidestream.trainer.CorpusTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/** Trains for one arm, and notes each training with its cost. One thread. */
final class RehearsedTrainer {
  /** Bundles that are kept of generations that are over. */
  private static final int RETAINED = 1;

  private final Arm arm;
  private final CorpusTrainer trainer;
  private final Clock clock;
  private final DoubleSupplier cpuSeconds;
  private final TrainingProgress progress;
  private final List<Training> trainings = new ArrayList<>();

  RehearsedTrainer(
      Arm arm,
      TrainingSettings settings,
      BundleStore store,
      Path work,
      Optional<Double> candidateShare,
      Clock clock,
      DoubleSupplier cpuSeconds,
      TrainingProgress progress,
      Consumer<GenerationAnnouncement> announced) {
    this.arm = arm;
    this.trainer =
        new CorpusTrainer(settings, store, work, RETAINED, candidateShare, clock, announced);
    this.clock = clock;
    this.cpuSeconds = cpuSeconds;
    this.progress = progress;
  }

  List<Training> trainings() {
    return trainings;
  }

  void train(
      int day,
      Corpus corpus,
      TrainingRequest.Reason reason,
      String detail,
      GenerationHistory history)
      throws IOException, InterruptedException {
    TrainingRequest request =
        new TrainingRequest(
            "rehearsal", reason, detail, new CorpusOffsets(Map.of()), clock.instant());
    progress.stage("training", "day %d, %s: %s", day, arm, detail);
    double from = cpuSeconds.getAsDouble();
    Manifest trained = trainer.train(corpus, request, history, TrainingProgress.NONE);
    trainings.add(
        new Training(
            arm,
            day,
            clock.instant().toString(),
            reason + ": " + detail,
            trained.generation().number(),
            trained.warmStart().map(WarmStart::summary).orElse("full: the first one"),
            trained.quality().accepted(),
            cpuSeconds.getAsDouble() - from));
    progress.finished("training", "generation %s", trained.generation());
  }
}
