package io.sidestream.trainer;

import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.store.BundleStore;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.TrainingRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Answers requests as the process does, with a corpus in hand and announcements to a caller instead
 * of topics. One training at a time per process.
 */
public final class CorpusTrainer {
  private final TrainingPipeline pipeline;
  private final Publication publication;
  private final Retention retention;

  /**
   * @param store closed by the caller
   * @param work cache between trainings
   * @param retained how many bundles of rejected and retired generations stay in the store
   * @param candidateShare share of users that a generation answers first, instead of going live
   * @param announced gets each announcement, in order
   */
  public CorpusTrainer(
      TrainingSettings settings,
      BundleStore store,
      Path work,
      int retained,
      Optional<Double> candidateShare,
      Clock clock,
      Consumer<GenerationAnnouncement> announced) {
    this.pipeline = new TrainingPipeline(settings, store, work, Optional.empty());
    this.publication = new Publication(announced::accept, clock, candidateShare);
    this.retention = new Retention(store, retained);
  }

  /**
   * Trains, evaluates, gates, publishes and announces.
   *
   * @return what was trained; the announcements say what became of it
   */
  public Manifest train(
      Corpus corpus, TrainingRequest request, GenerationHistory history, TrainingProgress progress)
      throws IOException, InterruptedException {
    TrainingJob job = TrainingJob.of(retention.next(history), request, history, 0);
    PublishedGeneration trained = pipeline.train(corpus, job, progress);
    Manifest.Quality quality = trained.manifest().quality();
    GenerationHistory after =
        publication.publish(
            history,
            trained.announcement(GenerationState.CANDIDATE, "", request.requestedAt()),
            quality.accepted(),
            quality.verdict());
    retention.apply(after);
    return trained.manifest();
  }
}
