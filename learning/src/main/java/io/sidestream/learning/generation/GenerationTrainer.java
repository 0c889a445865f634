package io.sidestream.learning.generation;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.learning.evaluation.HeldOut;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.bundle.BundleWriter;
import io.sidestream.schemas.Generation;
import java.io.IOException;
import java.nio.file.Path;

/**
 * From a corpus taken apart to all parts of a generation, tuned on its validation cases; the test
 * cases are not looked at. One training at a time in a process.
 */
public final class GenerationTrainer {
  private static final Generation DRAFT = new Generation(1);

  private final TrainingSettings settings;
  private final Path work;

  /**
   * @param work what is kept between trainings, for speed alone
   */
  public GenerationTrainer(TrainingSettings settings, Path work) {
    this.settings = settings;
    this.work = work;
  }

  /**
   * Learns exactly what the pipeline would publish, in a draft that goes when the result is closed.
   * Whoever takes the result closes it.
   *
   * @throws IllegalArgumentException when nothing can be learned from the corpus
   */
  public CandidateGeneration learn(HeldOut heldOut, TrainingProgress progress) throws IOException {
    BundleWriter draft = BundleWriter.stage(work.resolve("drafts"), DRAFT);
    try {
      return learn(heldOut, DRAFT, draft, progress);
    } catch (IOException | RuntimeException e) {
      draft.close();
      throw e;
    }
  }

  /** Learns into a bundle that the result closes. */
  public CandidateGeneration learn(
      HeldOut heldOut, Generation generation, BundleWriter bundle, TrainingProgress progress)
      throws IOException {
    check(!heldOut.training().items().isEmpty(), "corpus has no items, expected 1 or more");
    TextEmbeddings texts =
        TextEmbeddings.read(heldOut.training(), settings, work, bundle, progress);
    try {
      TrainedTowers space =
          TrainedTowers.learn(heldOut.training(), texts, settings, bundle, progress);
      CodedCorpus coded = CodedCorpus.code(space, heldOut.training(), settings, progress);
      bundle.codebook(coded.codebook());
      ExportedGenerator generator =
          ExportedGenerator.learn(texts, space, coded, settings, bundle, progress);
      try {
        return CandidateGeneration.tuned(
            generation, settings, bundle, texts, space, coded, generator, heldOut, progress);
      } catch (RuntimeException e) {
        generator.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      texts.close();
      throw e;
    }
  }
}
