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
    return learn(heldOut, TrainingStart.NONE, progress);
  }

  /** The same with what the training begins with. */
  public CandidateGeneration learn(HeldOut heldOut, TrainingStart start, TrainingProgress progress)
      throws IOException {
    BundleWriter draft = BundleWriter.stage(work.resolve("drafts"), DRAFT);
    try {
      return learn(heldOut, DRAFT, draft, start, progress);
    } catch (IOException | RuntimeException e) {
      draft.close();
      throw e;
    }
  }

  /**
   * Trains into a bundle that the result closes.
   *
   * @param parent what the training begins with; where its weights do not fit, with its codes alone
   */
  public CandidateGeneration learn(
      HeldOut heldOut,
      Generation generation,
      BundleWriter bundle,
      TrainingStart parent,
      TrainingProgress progress)
      throws IOException {
    check(!heldOut.training().items().isEmpty(), "corpus has no items, expected 1 or more");
    TextEmbeddings texts =
        TextEmbeddings.read(heldOut.training(), settings, work, bundle, progress);
    try {
      TrainingStart start = begun(parent, texts, progress);
      TrainingSettings schedule = start.schedule(settings);
      TrainedTowers space =
          TrainedTowers.learn(heldOut.training(), start, texts, schedule, bundle, progress);
      CodedCorpus coded =
          CodedCorpus.code(space, heldOut.training(), settings, start.codes(), progress);
      bundle.codebook(coded.codebook());
      ExportedGenerator generator =
          ExportedGenerator.learn(heldOut, start, texts, space, coded, schedule, bundle, progress);
      try {
        return new RankingTuning(settings, heldOut, progress)
            .tune(generation, bundle, start.stated(), texts, space, coded, generator);
      } catch (IOException | RuntimeException e) {
        generator.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      texts.close();
      throw e;
    }
  }

  private TrainingStart begun(TrainingStart parent, TextEmbeddings texts, TrainingProgress progress)
      throws IOException {
    TrainingStart start = parent.fitting(settings, texts);
    if (start.stated().isPresent()) {
      progress.stage("start", "%,d items", texts.texts().size());
      progress.finished("start", start.stated().get().summary());
    }
    return start;
  }
}
