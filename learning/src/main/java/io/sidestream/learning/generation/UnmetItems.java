package io.sidestream.learning.generation;

import static java.util.Objects.requireNonNull;

import io.sidestream.learning.biencoder.BiEncoderCorpus;
import io.sidestream.learning.biencoder.BiEncoderTraining;
import io.sidestream.learning.biencoder.TrainedBiEncoder;
import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.ItemRows;
import io.sidestream.learning.examples.BiEncoderExamples;
import io.sidestream.learning.examples.QueryPool;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.vectors.Matrix;
import io.sidestream.model.vectors.Vectors;
import io.sidestream.schemas.ItemId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Vectors of withheld items by text alone, as of items that came after the training: by towers that
 * learned without their events.
 */
final class UnmetItems {
  /*
   * The text half of a generation's own towers has learned from the events of the items that are
   * withheld for tuning, so by it they lie nearer to who met them than a new item would, crowd out
   * more of the others and are found more often than one: help for new items that is bounded by
   * what it costs would be a fraction of what it may be. A second pair of towers learns without
   * these events, and a rotation leads its space to the generation's. Their training is a small
   * part of a generation's.
   */
  private final Corpus training;
  private final TextEmbeddings texts;
  private final TrainingSettings settings;
  private final TrainingProgress progress;

  /**
   * @param training of the generation
   * @param progress of the stage that this is a part of
   */
  UnmetItems(
      Corpus training, TextEmbeddings texts, TrainingSettings settings, TrainingProgress progress) {
    this.progress = progress.ofPart();
    this.training = training;
    this.texts = texts;
    this.settings = settings;
  }

  /**
   * Unit vectors of items by text alone, in the space of a generation.
   *
   * @param withheld their rows
   * @param space vectors of the generation's items, shape [row][D]
   * @return by row; empty where towers cannot learn without their events, where layers of the text
   *     encoder train, which would have to be trained again, or D is too large
   */
  Optional<Map<Integer, float[]>> vectors(Set<Integer> withheld, float[][] space)
      throws IOException {
    if (settings.encoder().layers().trained() > 0
        || space[0].length > Procrustes.MAX_DIMENSIONS
        || withheld.size() == space.length) {
      return Optional.empty();
    }
    BiEncoderCorpus learned = learned(training.without(ids(withheld)));
    if (!learned.hasPairs()) {
      return Optional.empty();
    }
    TrainedBiEncoder towers =
        BiEncoderTraining.train(learned, settings.encoder(), settings.seed() + 1, progress);
    Matrix rotation = rotation(towers.itemVectors(texts.textVectors()), space, withheld);
    Map<Integer, float[]> vectors = new HashMap<>();
    for (int row : withheld) {
      float[] byText = towers.towers().item(texts.textVectors()[row], Optional.empty());
      float[] rotated = new float[byText.length];
      rotation.multiplyAdd(byText, rotated);
      vectors.put(row, Vectors.normalize(rotated));
    }
    return Optional.of(vectors);
  }

  private Set<ItemId> ids(Set<Integer> withheld) {
    return withheld.stream().map(row -> texts.rows().ids().get(row)).collect(Collectors.toSet());
  }

  private static Matrix rotation(float[][] from, float[][] to, Set<Integer> withheld) {
    List<float[]> kept = new ArrayList<>();
    List<float[]> targets = new ArrayList<>();
    for (int row = 0; row < from.length; row++) {
      if (!withheld.contains(row)) {
        kept.add(from[row]);
        targets.add(to[row]);
      }
    }
    return Procrustes.rotation(kept.toArray(float[][]::new), targets.toArray(float[][]::new));
  }

  private BiEncoderCorpus learned(Corpus corpus) {
    ItemRows rows = texts.rows();
    QueryPool pool = QueryPool.of(corpus, rows, settings.examples());
    return BiEncoderExamples.of(
        corpus,
        rows,
        texts.texts(),
        texts.textVectors(),
        new CollaborativeInput(settings.collaborative(), settings.seed(), progress)
            .learn(corpus, rows),
        pool,
        queryVectors(pool),
        TrainedTowers.histories(corpus, texts, settings));
  }

  /** Every query of these is one of the generation's. */
  private float[][] queryVectors(QueryPool pool) {
    Map<String, float[]> known = new HashMap<>();
    for (int query = 0; query < texts.queryVectors().length; query++) {
      known.put(texts.pool().queries().get(query), texts.queryVectors()[query]);
    }
    return pool.queries().stream()
        .map(query -> requireNonNull(known.get(query)))
        .toArray(float[][]::new);
  }
}
