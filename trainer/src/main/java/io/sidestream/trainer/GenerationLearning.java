package io.sidestream.trainer;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.bundle.BundleWriter;
import io.sidestream.schemas.Generation;
import io.sidestream.trainer.corpus.HeldOut;
import java.io.IOException;
import java.nio.file.Path;

/**
 * From a corpus taken apart to all parts of a generation, tuned on its validation cases; the test
 * cases are not looked at. One training at a time in a process.
 */
public final class GenerationLearning {
  private static final Generation DRAFT = new Generation(1);

  private final TrainingSettings settings;
  private final Path work;

  /**
   * @param work what is kept between trainings, for speed alone
   */
  public GenerationLearning(TrainingSettings settings, Path work) {
    this.settings = settings;
    this.work = work;
  }

  /**
   * Learns exactly what the pipeline would publish, in a draft that goes when the result is closed.
   * Whoever takes the result closes it.
   *
   * @throws IllegalArgumentException when nothing can be learned from the corpus
   */
  public LearnedGeneration learn(HeldOut heldOut, TrainingProgress progress) throws IOException {
    BundleWriter draft = BundleWriter.stage(work.resolve("drafts"), DRAFT);
    try {
      return learn(heldOut, DRAFT, draft, progress);
    } catch (IOException | RuntimeException e) {
      draft.close();
      throw e;
    }
  }

  /** Learns into a bundle that the result closes. */
  LearnedGeneration learn(
      HeldOut heldOut, Generation generation, BundleWriter bundle, TrainingProgress progress)
      throws IOException {
    check(!heldOut.training().items().isEmpty(), "corpus has no items, expected 1 or more");
    LearnedTexts texts = LearnedTexts.read(heldOut.training(), settings, work, bundle, progress);
    try {
      LearnedSpace space =
          LearnedSpace.learn(heldOut.training(), texts, settings, bundle, progress);
      CodedCorpus coded = CodedCorpus.code(space, heldOut.training(), settings, progress);
      bundle.codebook(coded.codebook());
      LearnedGenerator generator =
          LearnedGenerator.learn(texts, space, coded, settings, bundle, progress);
      try {
        return LearnedGeneration.tuned(
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
