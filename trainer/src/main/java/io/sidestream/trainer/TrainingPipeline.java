package io.sidestream.trainer;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.evaluation.EvaluationCase;
import io.sidestream.learning.evaluation.HeldOut;
import io.sidestream.learning.generation.CandidateGeneration;
import io.sidestream.learning.generation.FormerVectors;
import io.sidestream.learning.generation.GenerationTrainer;
import io.sidestream.learning.generation.TrainingStart;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.bundle.BundleReader;
import io.sidestream.model.bundle.BundleWriter;
import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.generator.Task;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.model.ranking.ExpectedAnswers;
import io.sidestream.model.store.BundleStore;
import io.sidestream.model.store.RetryDelays;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.Optional;

/** Trains, evaluates and publishes a generation. One training at a time per process. */
record TrainingPipeline(
    TrainingSettings settings, BundleStore store, Path work, Optional<PrivateKey> signing) {
  /**
   * Trains, evaluates, gates and publishes in the store; the caller announces.
   *
   * @throws IllegalArgumentException when the corpus has no items
   */
  PublishedGeneration train(Corpus corpus, TrainingJob job, TrainingProgress progress)
      throws IOException {
    check(!corpus.items().isEmpty(), "corpus has no items, expected 1 or more");
    TrainingStart start =
        new RefreshRule(settings, new ParentBundle(store)).start(job, corpus.items());
    HeldOut heldOut = heldOut(corpus, progress);
    try (BundleWriter bundle = BundleWriter.stage(store.staging(), job.generation());
        CandidateGeneration candidate =
            new GenerationTrainer(settings, work)
                .learn(heldOut, job.generation(), bundle, start, progress)) {
      FormerVectors.delete(work);
      GateEvaluation evaluation =
          GateEvaluation.of(heldOut, candidate, job, new LiveRecall(store), progress);
      Manifest draft = ManifestBuilder.of(candidate, evaluation, job);
      bundle.assignments(candidate.coded().assignments(), draft.shapes());
      bundle.queryLog(candidate.queryLog());
      bundle.itemTexts(candidate.itemTexts());
      bundle.popularity(candidate.popularity());
      Manifest manifest = bundle.seal(draft);
      try (OpenGeneration open = BundleReader.open(bundle.directory(), OnnxSessions.cpu(1))) {
        ExpectedAnswers.verify(open, Catalogue.of(open));
      }
      if (signing.isPresent()) {
        bundle.sign(signing.get());
      }
      new Upload(store, RetryDelays.DEFAULT).publish(bundle, progress);
      return new PublishedGeneration(manifest, bundle.manifestSha256());
    }
  }

  private HeldOut heldOut(Corpus corpus, TrainingProgress progress) {
    progress.stage(
        "held-out",
        "%,d items, %,d interactions, %,d searches, %,d pairs",
        corpus.items().size(),
        corpus.interactions().size(),
        corpus.searches().size(),
        corpus.counts().size());
    HeldOut heldOut = HeldOut.split(corpus, settings.heldOut(), settings.window(), settings.seed());
    progress.finished(
        "held-out",
        "tests: %,d searches, %,d recommendations",
        EvaluationCase.of(Task.SEARCH, heldOut.test()).size(),
        EvaluationCase.of(Task.RECOMMENDATION, heldOut.test()).size());
    return heldOut;
  }
}
