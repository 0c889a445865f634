package io.sidestream.learning.biencoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.sidestream.learning.biencoder.BiEncoderCorpus.HistoryItem;
import io.sidestream.learning.biencoder.BiEncoderCorpus.ItemItem;
import io.sidestream.learning.biencoder.BiEncoderCorpus.QueryItem;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.settings.Profile;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.vectors.Vectors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerTrainingTest {
  private static final List<String> TEXTS =
      List.of(
          "A thief steals secrets from dreams.",
          "A baker wins a contest with bread.",
          "Two pilots race across the desert.",
          "A detective hunts a forger of paintings.");
  private static final List<String> QUERIES =
      List.of("heist movie", "cooking film", "flying adventure", "art crime");
  private static final BiEncoderSettings SETTINGS =
      TestSettings.of(
              16,
              new BiEncoderSettings.Heads(5, 4, 1e-3, 0.01),
              new BiEncoderSettings.Layers(2, 4, 4, 1e-3, 5, 16))
          .withObjective(TrainingSettings.profile(Profile.QUICK).encoder().objective());

  @TempDir static Path folder;
  private static BiEncoderCorpus corpus;
  private static TrainedBiEncoder trained;

  @BeforeAll
  static void train() throws Exception {
    try (ExportedText text = ExportedText.open(PretrainedText.load(), Map.of(), 16, 1)) {
      corpus = corpus(text.encode(TEXTS), text.encode(QUERIES));
    }
    trained = BiEncoderTraining.train(corpus, SETTINGS, 3, TrainingProgress.NONE);
  }

  @Test
  void parity_afterTraining_isCloseToNothing() throws Exception {
    double parity = trained.parity();

    assertTrue(parity < 1e-4, "parity " + parity);
  }

  @Test
  void exportEncoder_lastLayersTrained_differFromThePretrainedOnesAndOthersDoNot()
      throws Exception {
    TextGraph before = PretrainedText.load().graph();
    Path exported = folder.resolve("encoder.onnx");
    trained.exportEncoder(exported);
    TextGraph after = read(exported);

    assertTrue(trained.changedText());
    for (int layer = 0; layer < 6; layer++) {
      for (String name : PretrainedText.SHAPE.layerWeights(layer).keySet()) {
        double moved = HeadProbes.difference(before.weight(name), after.weight(name));
        assertTrue(layer < 4 ? moved == 0 : moved > 0, name + " moved by " + moved);
      }
    }
  }

  @Test
  void exportEncoder_sameSeedTwice_writesTheSameBytes() throws Exception {
    TrainedBiEncoder again = BiEncoderTraining.train(corpus, SETTINGS, 3, TrainingProgress.NONE);
    trained.exportEncoder(folder.resolve("one.onnx"));
    again.exportEncoder(folder.resolve("two.onnx"));

    assertEquals(-1, Files.mismatch(folder.resolve("one.onnx"), folder.resolve("two.onnx")));
    assertArrayEquals(trained.towers().query().values(), again.towers().query().values());
  }

  @Test
  void train_queries_comeNearerToTheirTexts() throws Exception {
    double before = cosines(Map.of());
    Path exported = folder.resolve("nearer.onnx");
    trained.exportEncoder(exported);
    double after = cosines(lastLayers(read(exported)));

    assertTrue(after > before, "own minus other cosine from " + before + " to " + after);
  }

  @Test
  void encoded_textsLongerThanLayersLearnOn_areCutAsInServing() throws Exception {
    BiEncoderCorpus encoded =
        BiEncoderTraining.encoded(corpus, PretrainedText.load(), Map.of(), SETTINGS);

    assertTrue(HeadProbes.difference(corpus.textVectors()[0], encoded.textVectors()[0]) < 1e-5);
  }

  @Test
  void train_corpusWithoutTexts_isRefused() {
    BiEncoderCorpus without =
        new BiEncoderCorpus(
            List.of(),
            corpus.textVectors(),
            corpus.collaborative(),
            QUERIES,
            corpus.queryVectors(),
            corpus.queryItems(),
            corpus.itemItems(),
            corpus.nextItems(),
            corpus.interacted());

    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> BiEncoderTraining.train(without, SETTINGS, 3, TrainingProgress.NONE));
    assertEquals(
        "layers train on texts, and 4 items have 0, 4 queries have 4", refused.getMessage());
  }

  private static double cosines(Map<String, float[]> weights) throws Exception {
    try (ExportedText text = ExportedText.open(PretrainedText.load(), weights, 16, 1)) {
      float[][] items = text.encode(TEXTS);
      float[][] queries = text.encode(QUERIES);
      double own = 0;
      double other = 0;
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 4; j++) {
          double cosine = Vectors.dot(queries[i], items[j]);
          own += i == j ? cosine / 4 : 0;
          other += i == j ? 0 : cosine / 12;
        }
      }
      return own - other;
    }
  }

  private static Map<String, float[]> lastLayers(TextGraph graph) {
    return Stream.of(4, 5)
        .flatMap(layer -> PretrainedText.SHAPE.layerWeights(layer).keySet().stream())
        .collect(Collectors.toMap(name -> name, graph::weight));
  }

  private static BiEncoderCorpus corpus(float[][] texts, float[][] queries) {
    return new BiEncoderCorpus(
        TEXTS,
        texts,
        new float[4][3],
        QUERIES,
        queries,
        IntStream.range(0, 4).mapToObj(row -> new QueryItem(row, row, 1)).toList(),
        List.of(new ItemItem(0, 3, 1)),
        List.of(new HistoryItem(List.of(0, 1), 3, 1)),
        new boolean[] {true, true, true, true});
  }

  private static TextGraph read(Path onnx) throws IOException {
    try (InputStream in = Files.newInputStream(onnx)) {
      return new TextGraph(ModelProto.parseFrom(in));
    }
  }
}
