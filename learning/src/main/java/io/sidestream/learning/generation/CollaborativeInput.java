package io.sidestream.learning.generation;

import io.sidestream.learning.collaborative.AlternatingLeastSquares;
import io.sidestream.learning.collaborative.CollaborativeVectors;
import io.sidestream.learning.collaborative.ImplicitFeedback;
import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.ItemRows;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.settings.CollaborativeSettings;
import io.sidestream.model.bundle.OpenGeneration;
import java.util.stream.IntStream;

/** Collaborative vectors of items, an input of the bi-encoder. */
public final class CollaborativeInput {
  private final CollaborativeSettings settings;
  private final long seed;
  private final TrainingProgress progress;

  public CollaborativeInput(CollaborativeSettings settings, long seed, TrainingProgress progress) {
    this.settings = settings;
    this.seed = seed;
    this.progress = progress;
  }

  /** Shape [row][C]; all zero for an item without events. */
  public float[][] learn(Corpus training, ItemRows rows) {
    progress.stage("collaborative", "%,d pairs", training.counts().size());
    float[][] vectors =
        settings.source() == CollaborativeSettings.Source.COUNTS
            ? new CollaborativeVectors(settings.dimensions())
                .learn(rows.ids(), training.counts(), seed)
            : new AlternatingLeastSquares(settings.leastSquares())
                .learn(ImplicitFeedback.of(training, rows), seed, progress)
                .items();
    long learned =
        IntStream.range(0, vectors.length)
            .filter(row -> OpenGeneration.nonZero(vectors[row]).isPresent())
            .count();
    progress.finished("collaborative", "%,d of %,d items have events", learned, vectors.length);
    return vectors;
  }
}
