package io.sidestream.learning.generation;

import io.sidestream.learning.collaborative.AlternatingLeastSquares;
import io.sidestream.learning.collaborative.CollaborativeVectors;
import io.sidestream.learning.collaborative.ImplicitFeedback;
import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.ItemRows;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.settings.CollaborativeSettings;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.UserId;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** What events say of each item before the bi-encoder learns. */
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
    progress.stage(
        "collaborative", String.format(Locale.ROOT, "%,d pairs", training.counts().size()));
    float[][] vectors =
        settings.source() == CollaborativeSettings.Source.COUNTS
            ? new CollaborativeVectors(settings.dimensions())
                .learn(rows.ids(), training.counts(), seed)
            : new AlternatingLeastSquares(settings.leastSquares())
                .learn(feedback(training, rows), seed, progress)
                .items();
    long learned =
        IntStream.range(0, vectors.length)
            .filter(row -> OpenGeneration.nonZero(vectors[row]).isPresent())
            .count();
    progress.finished(
        "collaborative",
        String.format(Locale.ROOT, "%,d of %,d items have events", learned, vectors.length));
    return vectors;
  }

  /** Who met what, each once; people in the order of their ids. */
  public static ImplicitFeedback feedback(Corpus training, ItemRows rows) {
    Map<UserId, Set<Integer>> byUser = new TreeMap<>();
    for (Interaction one : training.interactions()) {
      rows.row(one.item())
          .ifPresent(row -> byUser.computeIfAbsent(one.user(), user -> new TreeSet<>()).add(row));
    }
    int[][] met =
        byUser.values().stream()
            .map(some -> some.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new);
    return ImplicitFeedback.of(rows.size(), met);
  }
}
