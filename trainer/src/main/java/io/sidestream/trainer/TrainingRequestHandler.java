package io.sidestream.trainer;

import io.sidestream.admin.tracing.OpenSpan;
import io.sidestream.learning.corpus.Corpus;
import io.sidestream.model.bundle.BundleReader;
import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.store.BundleStore;
import io.sidestream.model.store.RetryDelays;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.TrainingRequest;
import io.sidestream.schemas.kafka.GenerationLog;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles a training request, from the topics to the announcement. */
final class TrainingRequestHandler implements RequestedTraining {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingRequestHandler.class);

  private final TrainerConfig config;
  private final Topics topics;
  private final BundleStore store;
  private final TrainingPipeline pipeline;
  private final Publication publication;
  private final Retention retention;
  private final TracedProgress progress;
  private final TrainerMeters meters;

  TrainingRequestHandler(
      TrainerConfig config,
      Topics topics,
      BundleStore store,
      Announcer announcer,
      Clock clock,
      TracedProgress progress,
      TrainerMeters meters) {
    this.meters = meters;
    this.config = config;
    this.store = store;
    this.topics = topics;
    this.pipeline = new TrainingPipeline(config.training(), store, config.work(), config.signing());
    this.publication = new Publication(announcer, clock, config.candidateShare());
    this.retention = new Retention(store, config.retained());
    this.progress = progress;
  }

  @Override
  public void answer(TrainingRequest request, Headers headers)
      throws IOException, InterruptedException {
    GenerationHistory history = GenerationLog.read(config.kafka(), topics.generations());
    Optional<GenerationAnnouncement> answer = RequestDeduplication.of(request, history);
    if (answer.isEmpty()) {
      meters.begun();
      try (OpenSpan span = progress.begin(headers)) {
        train(request, history, span);
      } finally {
        meters.ended();
      }
    } else if (isUndecided(answer.get())) {
      finish(answer.get());
    } else {
      meters.answered(TrainerMeters.Outcome.SKIPPED);
      LOG.info(
          "training request ({}) is skipped: generation {} holds its corpus",
          request.detail(),
          answer.get().generation());
    }
  }

  /** A candidate that passed the gate has a share of the users, be it none. */
  private static boolean isUndecided(GenerationAnnouncement generation) {
    return generation.state() == GenerationState.CANDIDATE
        && generation.rollout().share().isEmpty();
  }

  private void train(TrainingRequest request, GenerationHistory history, OpenSpan span)
      throws IOException, InterruptedException {
    span.attribute("sidestream.training.reason", request.reason().name());
    try {
      train(request, history);
    } catch (IOException | RuntimeException e) {
      span.failed(ReasonText.of(e));
      throw e;
    }
  }

  private void train(TrainingRequest request, GenerationHistory history)
      throws IOException, InterruptedException {
    LOG.info("training begins: {}", request.detail());
    CorpusReader reader = new CorpusReader(config.kafka(), topics, config.training().counting());
    Corpus corpus = read(reader, request, history);
    TrainingJob job =
        TrainingJob.of(retention.next(history), request, history, reader.erasedSince());
    PublishedGeneration trained = pipeline.train(corpus, job, progress);
    publish(
        trained.announcement(GenerationState.CANDIDATE, "", request.requestedAt()),
        trained.manifest());
  }

  private Corpus read(CorpusReader reader, TrainingRequest request, GenerationHistory history) {
    progress.stage("corpus", request.detail());
    CorpusOffsets parent =
        history.serving().map(GenerationAnnouncement::corpus).orElse(request.corpus());
    Corpus corpus = reader.read(request.corpus(), parent);
    progress.finished(
        "corpus",
        "%,d items, %,d interactions, %,d searches, %,d pairs, %,d malformed records skipped",
        corpus.items().size(),
        corpus.interactions().size(),
        corpus.searches().size(),
        corpus.counts().size(),
        reader.skipped());
    return corpus;
  }

  /** A candidate whose trainer crashed before the verdict was announced: its manifest has it. */
  private void finish(GenerationAnnouncement candidate) throws IOException, InterruptedException {
    LOG.info(
        "generation {} is still a candidate: its announcement continues", candidate.generation());
    publish(
        candidate,
        BundleReader.manifest(store.fetch(candidate.generation(), candidate.manifestSha256())));
  }

  /** Brokers that are away cost time, but not the training. */
  private void publish(GenerationAnnouncement candidate, Manifest manifest)
      throws IOException, InterruptedException {
    BrokersAway.waitFor(() -> publishNow(candidate, manifest), RetryDelays.DEFAULT, progress);
  }

  /**
   * Announces into the current history: it may have been rolled back during the training, and an
   * attempt before may have announced the outcome.
   */
  private void publishNow(GenerationAnnouncement candidate, Manifest manifest)
      throws IOException, InterruptedException {
    GenerationHistory history = GenerationLog.read(config.kafka(), topics.generations());
    Manifest.Quality quality = manifest.quality();
    boolean decided =
        history.find(candidate.generation()).filter(one -> !isUndecided(one)).isPresent();
    GenerationHistory after =
        decided
            ? history
            : publication.publish(history, candidate, quality.accepted(), quality.verdict());
    meters.announced(manifest);
    TrainerMeters.Outcome outcome =
        after
            .find(candidate.generation())
            .map(one -> TrainerMeters.Outcome.of(one.state()))
            .orElseThrow();
    meters.answered(outcome);
    LOG.info("generation {} is {}: {}", candidate.generation(), outcome.label(), quality.verdict());
    retention.apply(after);
  }
}
