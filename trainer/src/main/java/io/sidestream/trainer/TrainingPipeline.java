package io.sidestream.trainer;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.evaluation.EvaluationCase;
import io.sidestream.learning.evaluation.HeldOut;
import io.sidestream.learning.generation.CandidateGeneration;
import io.sidestream.learning.generation.GenerationTrainer;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.bundle.BundleReader;
import io.sidestream.model.bundle.BundleWriter;
import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.generator.Task;
import io.sidestream.model.onnx.OnnxSessions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** From a corpus to a generation in its place on disk. One training at a time in a process. */
final class TrainingPipeline {
  private final TrainingSettings settings;
  private final Path generations;
  private final Path work;

  /**
   * @param generations where bundles lie
   * @param work what is kept between trainings, for speed alone
   */
  TrainingPipeline(TrainingSettings settings, Path generations, Path work) {
    this.settings = settings;
    this.generations = generations;
    this.work = work;
  }

  /**
   * Trains, evaluates, judges and publishes on disk; whoever called announces.
   *
   * @throws IllegalArgumentException when nothing can be learned from the corpus
   */
  PublishedGeneration train(Corpus corpus, TrainingJob order, TrainingProgress progress)
      throws IOException {
    check(!corpus.items().isEmpty(), "corpus has no items, expected 1 or more");
    HeldOut heldOut = heldOut(corpus, progress);
    try (BundleWriter bundle = BundleWriter.stage(generations, order.generation());
        CandidateGeneration learned =
            new GenerationTrainer(settings, work)
                .learn(heldOut, order.generation(), bundle, progress)) {
      GateEvaluation judgement = GateEvaluation.of(heldOut, learned, order, progress);
      Manifest draft = ManifestBuilder.of(learned, judgement, order);
      bundle.assignments(learned.coded().assignments(), draft.shapes());
      bundle.queryLog(learned.queryLog());
      Manifest manifest = bundle.seal(draft);
      BundleReader.open(bundle.directory(), OnnxSessions.cpu(1)).close();
      String sha256 = bundle.manifestSha256();
      return new PublishedGeneration(manifest, sha256, bundle.publish());
    }
  }

  private HeldOut heldOut(Corpus corpus, TrainingProgress progress) {
    progress.stage(
        "held-out",
        String.format(
            Locale.ROOT,
            "%,d items, %,d interactions, %,d searches, %,d pairs",
            corpus.items().size(),
            corpus.interactions().size(),
            corpus.searches().size(),
            corpus.counts().size()));
    HeldOut heldOut = HeldOut.split(corpus, settings.heldOut(), settings.window(), settings.seed());
    progress.finished(
        "held-out",
        String.format(
            Locale.ROOT,
            "tests: %,d searches, %,d recommendations",
            EvaluationCase.of(Task.SEARCH, heldOut.test()).size(),
            EvaluationCase.of(Task.RECOMMENDATION, heldOut.test()).size()));
    return heldOut;
  }
}
