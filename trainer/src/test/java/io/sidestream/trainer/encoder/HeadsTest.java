package io.sidestream.trainer.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.sidestream.model.vectors.Towers;
import io.sidestream.trainer.encoder.BiEncoderCorpus.HistoryItem;
import io.sidestream.trainer.tensor.FiniteDifferences;
import io.sidestream.trainer.tensor.Parameters;
import io.sidestream.trainer.tensor.TrainingStep;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HeadsTest {
  private static final BiEncoderSettings SETTINGS =
      new BiEncoderSettings(
          6, 0.2, 0.3, 3, 0.7, BiEncoderSettings.Heads.DEFAULT, BiEncoderSettings.Layers.NONE, 1);
  private static final BiEncoderCorpus CORPUS = new ToyWorld(2).corpus();
  private static final Towers TOWERS = FirstTowers.of(CORPUS, SETTINGS, new SplittableRandom(4));

  @Test
  void items_withAndWithoutCollaborativeVector_areThoseOfTheTowers() {
    float[] text = CORPUS.textVectors()[5];
    float[] collaborative = CORPUS.collaborative()[5];
    try (Parameters parameters = parameters();
        TrainingStep step = TrainingStep.computing(parameters)) {
      float[] both =
          new Heads(step)
              .items(
                  step.floats(text, 1, text.length),
                  step.floats(collaborative, 1, collaborative.length))
              .toFloatArray();
      float[] alone =
          new Heads(step)
              .items(
                  step.floats(text, 1, text.length),
                  step.floats(new float[collaborative.length], 1, collaborative.length))
              .toFloatArray();

      assertArrayEquals(TOWERS.item(text, Optional.of(collaborative)), both, 1e-5f);
      assertArrayEquals(TOWERS.item(text, Optional.empty()), alone, 1e-5f);
    }
  }

  @Test
  void queries_vectors_areThoseOfTheTowers() {
    float[] text = CORPUS.queryVectors()[1];
    try (Parameters parameters = parameters();
        TrainingStep step = TrainingStep.computing(parameters)) {
      float[] query = new Heads(step).queries(step.floats(text, 1, text.length)).toFloatArray();

      assertArrayEquals(TOWERS.query(text), query, 1e-5f);
    }
  }

  @Test
  void histories_longerThanTheLimit_areThoseOfTheTowers() {
    Step pairs =
        Step.of(
            List.of(), List.of(), List.of(new HistoryItem(List.of(1, 2, 3, 2, 4), 9, 1)), SETTINGS);
    float[][] items = ToyWorld.items(TOWERS, CORPUS);
    float[] flat = Rows.flat(items, pairs.rows());
    int rows = pairs.rows().length;
    try (Parameters parameters = parameters();
        TrainingStep step = TrainingStep.computing(parameters)) {
      float[] history =
          new Heads(step)
              .histories(
                  step.floats(pairs.shares(), 1, rows),
                  step.floats(flat, rows, SETTINGS.dimensions()))
              .toFloatArray();
      List<float[]> served = Stream.of(1, 2, 3, 2, 4).map(row -> items[row]).toList();

      assertArrayEquals(TOWERS.history(served), history, 1e-5f);
    }
  }

  @Test
  void loss_gradients_areThoseOfFiniteDifferences() {
    Step pairs =
        Step.of(
            CORPUS.chosen().subList(0, 5),
            CORPUS.together().subList(0, 5),
            CORPUS.next().subList(0, 5),
            SETTINGS);
    TowerLoss loss = new TowerLoss(CORPUS, SETTINGS);
    try (Parameters parameters = FiniteDifferences.parameters()) {
      Heads.add(TOWERS, parameters);

      FiniteDifferences.check(
          parameters,
          step -> loss.of(step, pairs, new FrozenTexts(CORPUS), new SplittableRandom(3)));
    }
  }

  @Test
  void towers_ofParametersMadeFromTowers_areTheSame() {
    try (Parameters parameters = parameters()) {
      Towers again = Heads.towers(parameters, 3, 0.7);

      assertArrayEquals(TOWERS.history().values(), again.history().values());
      assertArrayEquals(
          Arrays.copyOf(TOWERS.itemCollaborative().values(), 10),
          Arrays.copyOf(again.itemCollaborative().values(), 10));
    }
  }

  private static Parameters parameters() {
    Parameters parameters = new Parameters();
    Heads.add(TOWERS, parameters);
    return parameters;
  }
}
