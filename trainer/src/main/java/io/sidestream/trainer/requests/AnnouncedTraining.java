package io.sidestream.trainer.requests;

import io.sidestream.model.bundle.BundleReader;
import io.sidestream.model.bundle.Manifest;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.TrainingRequest;
import io.sidestream.schemas.kafka.GenerationLog;
import io.sidestream.trainer.TrainedGeneration;
import io.sidestream.trainer.TrainerConfig;
import io.sidestream.trainer.TrainingOrder;
import io.sidestream.trainer.TrainingPipeline;
import io.sidestream.trainer.TrainingProgress;
import io.sidestream.trainer.corpus.Corpus;
import io.sidestream.trainer.corpus.CorpusReader;
import io.sidestream.trainer.publication.Announcer;
import io.sidestream.trainer.publication.Publication;
import io.sidestream.trainer.publication.Retention;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains what a request asks for, from the topics to the announcement. */
public final class AnnouncedTraining implements RequestedTraining {
  private static final Logger LOG = LoggerFactory.getLogger(AnnouncedTraining.class);

  private final TrainerConfig config;
  private final Topics topics;
  private final TrainingPipeline pipeline;
  private final Publication publication;
  private final Retention retention;
  private final TrainingProgress progress;

  public AnnouncedTraining(
      TrainerConfig config,
      Topics topics,
      Announcer announcer,
      Clock clock,
      TrainingProgress progress) {
    this.config = config;
    this.topics = topics;
    this.pipeline = new TrainingPipeline(config.training(), config.generations(), config.work());
    this.publication = new Publication(announcer, clock);
    this.retention = new Retention(config.generations(), config.retained());
    this.progress = progress;
  }

  @Override
  public void answer(TrainingRequest request) throws IOException, InterruptedException {
    GenerationHistory history = GenerationLog.read(config.kafka(), topics.generations());
    Optional<GenerationAnnouncement> answer = Coverage.of(request, history);
    if (answer.isEmpty()) {
      train(request, history);
    } else if (answer.get().state() == GenerationState.CANDIDATE) {
      finish(answer.get());
    } else {
      LOG.info(
          "training request ({}) is skipped: generation {} holds its corpus",
          request.detail(),
          answer.get().generation());
    }
  }

  private void train(TrainingRequest request, GenerationHistory history)
      throws IOException, InterruptedException {
    LOG.info("training begins: {}", request.detail());
    Corpus corpus = read(request);
    TrainingOrder order =
        new TrainingOrder(
            retention.next(history),
            request.catalogue(),
            history.serving(),
            request.corpus(),
            request.requestedAt());
    TrainedGeneration trained = pipeline.train(corpus, order, progress);
    publish(
        trained.announcement(GenerationState.CANDIDATE, "", request.requestedAt()),
        trained.manifest());
  }

  private Corpus read(TrainingRequest request) {
    progress.stage("corpus", request.detail());
    CorpusReader reader = new CorpusReader(config.kafka(), topics);
    Corpus corpus = reader.read(request.corpus());
    progress.finished(
        "corpus",
        String.format(
            Locale.ROOT,
            "%,d items, %,d interactions, %,d searches, %,d pairs, %,d records passed over",
            corpus.items().size(),
            corpus.interactions().size(),
            corpus.searches().size(),
            corpus.counts().size(),
            reader.skipped()));
    return corpus;
  }

  /** A candidate whose announcer ended before it could say more: its manifest has the verdict. */
  private void finish(GenerationAnnouncement candidate) throws IOException, InterruptedException {
    LOG.info(
        "generation {} is a candidate still: its announcement goes on", candidate.generation());
    publish(candidate, BundleReader.manifest(Path.of(candidate.bundle())));
  }

  /** Into the history as it is by now: someone may have rolled back while this was trained. */
  private void publish(GenerationAnnouncement candidate, Manifest manifest)
      throws IOException, InterruptedException {
    GenerationHistory history = GenerationLog.read(config.kafka(), topics.generations());
    Manifest.Quality quality = manifest.quality();
    GenerationHistory after =
        publication.publish(history, candidate, quality.accepted(), quality.verdict());
    LOG.info(
        "generation {} is {}: {}",
        candidate.generation(),
        quality.accepted() ? "live" : "rejected",
        quality.verdict());
    retention.apply(after);
  }
}
