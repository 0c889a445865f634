package io.sidestream.learning.generation;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.learning.biencoder.BiEncoderStart;
import io.sidestream.learning.evaluation.HeldOut;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.bundle.BundleWriter;
import io.sidestream.schemas.Generation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Trains all parts of a generation on a split corpus, and tunes its ranking on the validation
 * cases; the test cases are not used. One training at a time per process.
 */
public final class GenerationTrainer {
  private static final Generation DRAFT = new Generation(1);

  private final TrainingSettings settings;
  private final Path work;

  /**
   * @param work cache between trainings
   */
  public GenerationTrainer(TrainingSettings settings, Path work) {
    this.settings = settings;
    this.work = work;
  }

  /**
   * Trains exactly what the pipeline would publish, in a draft that is deleted when the caller
   * closes the result.
   *
   * @throws IllegalArgumentException when the corpus has no items
   */
  public CandidateGeneration learn(HeldOut heldOut, TrainingProgress progress) throws IOException {
    BundleWriter draft = BundleWriter.stage(work.resolve("drafts"), DRAFT);
    try {
      return learn(heldOut, DRAFT, draft, Optional.empty(), progress);
    } catch (IOException | RuntimeException e) {
      draft.close();
      throw e;
    }
  }

  /**
   * Trains into a bundle that the result closes.
   *
   * @param parent whose clusters the codes of the generation begin at, and whose numbers they take
   */
  public CandidateGeneration learn(
      HeldOut heldOut,
      Generation generation,
      BundleWriter bundle,
      Optional<ParentCodes> parent,
      TrainingProgress progress)
      throws IOException {
    check(!heldOut.training().items().isEmpty(), "corpus has no items, expected 1 or more");
    TextEmbeddings texts =
        TextEmbeddings.read(heldOut.training(), settings, work, bundle, progress);
    try {
      BiEncoderStart start =
          new BiEncoderStart(ParentCodes.former(parent, settings.codebook(), texts.rows().ids()));
      TrainedTowers space =
          TrainedTowers.learn(heldOut.training(), start, texts, settings, bundle, progress);
      CodedCorpus coded = CodedCorpus.code(space, heldOut.training(), settings, parent, progress);
      bundle.codebook(coded.codebook());
      ExportedGenerator generator =
          ExportedGenerator.learn(heldOut, texts, space, coded, settings, bundle, progress);
      try {
        return new RankingTuning(settings, heldOut, progress)
            .tune(generation, bundle, texts, space, coded, generator);
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
