package io.sidestream.experiments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.experiments.data.SplitSettings;
import io.sidestream.experiments.embedding.EmbeddingSpaceSettings;
import io.sidestream.experiments.pretrained.GoldenModels;
import io.sidestream.experiments.pretrained.PretrainedModels;
import io.sidestream.experiments.run.ExperimentSettings;
import io.sidestream.learning.biencoder.BiEncoderSettings;
import io.sidestream.learning.evaluation.HeldOutSettings;
import io.sidestream.learning.pretrained.PretrainedEncoder;
import io.sidestream.learning.pretrained.PretrainedGenerator;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.schemas.pairs.WindowLimits;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Experiments with a published encoder and generator: tiny ones, learning next to nothing. */
class PublishedRunTest {
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
  private static final String ENCODER = "published encoder";
  private static final String GENERATOR = "published generator";
  private static final String FROM_SCRATCH = "generator";
  private static final Optional<PretrainedEncoder.Settings> TUNED =
      Optional.of(new PretrainedEncoder.Settings(1, 3, 16, 2e-5, 0.1, 0.05));
  private static final PretrainedGenerator.Settings LEARNING =
      new PretrainedGenerator.Settings(1, 4, 16, 2e-3, 0.01, 64);

  /** Few cases: sixty beams each take their time. */
  private static final ExperimentSettings SETTINGS =
      settings(TinyExperiments.SETTINGS.spaces().encoder());

  @TempDir static Path folder;
  private static PretrainedModels models;
  private static Map<String, Integer> first;
  private static byte[] found;

  @BeforeAll
  static void run() throws IOException {
    models =
        PretrainedModels.NONE
            .withEncoder(GoldenModels.mpnet(), TUNED)
            .withGenerator(GoldenModels.t5(), LEARNING);
    first = run("cold-start", models);
    found = Files.readAllBytes(folder.resolve("cold-start.json"));
  }

  @Test
  void run_encoderFineTunedAndGenerator_tunesBothSpacesAndTeachesEachTrial() throws IOException {
    assertEquals(2, first.get(ENCODER)); // search-tuned, multi-task
    assertEquals(4, first.get(GENERATOR)); // one for each scheme
    assertEquals(1, first.get(FROM_SCRATCH)); // the full system, which no option changes
    String report = Files.readString(folder.resolve(ExperimentRun.REPORT));
    models.names().values().forEach(name -> assertTrue(report.contains(name), name));
  }

  @Test
  void run_again_learnsNothingAndFindsTheSame() throws IOException {
    Map<String, Integer> again = run("cold-start", models);
    assertFalse(again.containsKey(ENCODER) || again.containsKey(GENERATOR), again.toString());
    assertArrayEquals(found, Files.readAllBytes(folder.resolve("cold-start.json")));
  }

  @Test
  void run_otherGeneratorInTheSameFolder_learnsIdsAnewInTheSameSpaces() throws IOException {
    Path other =
        GoldenModels.copyWith(
            GoldenModels.t5(),
            folder.resolve("other"),
            "\"dropout_rate\":0.1",
            "\"dropout_rate\":0.2");
    Map<String, Integer> stages = run("cold-start", models.withGenerator(other, LEARNING));
    assertFalse(stages.containsKey(ENCODER), stages.toString());
    assertEquals(4, stages.get(GENERATOR));
  }

  @Test
  void run_encoderAsItIs_learnsHeadsOnItsVectors() throws IOException {
    Map<String, Integer> stages =
        run(
            "cold-start",
            PretrainedModels.NONE.withEncoder(GoldenModels.mpnet(), Optional.empty()));
    assertFalse(stages.containsKey(ENCODER), stages.toString());
    assertEquals(4, stages.get(FROM_SCRATCH));
  }

  @Test
  void run_decodingOfAPublishedGenerator_comparesAllWays() throws IOException {
    Map<String, Integer> stages =
        run("decoding", PretrainedModels.NONE.withGenerator(GoldenModels.t5(), LEARNING));
    assertEquals(1, stages.get(GENERATOR));
    String decoding = Files.readString(folder.resolve("decoding.json"));
    for (String name : List.of("exact top-k of the trie", "60 beams", "on the trie")) {
      assertTrue(decoding.contains(name), name);
    }
  }

  @Test
  void run_layersOfTheBundledEncoderBesideAnother_isRefused() {
    ExperimentSettings layers =
        settings(
            SETTINGS
                .fullSystem()
                .with(Map.of("trainer.encoder.fine.tuning.layers", "2"))
                .encoder());
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> run("cold-start", layers, models));
    assertTrue(
        refused.getMessage().startsWith("2 layers of the bundled encoder learn, expected none"),
        refused.getMessage());
  }

  private static ExperimentSettings settings(BiEncoderSettings encoder) {
    ExperimentSettings usual = TinyExperiments.SETTINGS;
    EmbeddingSpaceSettings spaces = usual.spaces();
    return new ExperimentSettings(
        new SplitSettings(
            new HeldOutSettings(4, 5, 5, 0.15, 5, 5, 5), 0.1, 5, WindowLimits.DEFAULT),
        new EmbeddingSpaceSettings(
            spaces.maxPieces(),
            spaces.examples(),
            encoder,
            spaces.collaborative(),
            spaces.factorDimensions(),
            spaces.factorEpochs()),
        usual.trials(),
        usual.fullSystem(),
        usual.withheld(),
        usual.refreshes());
  }

  private static Map<String, Integer> run(String experiment, PretrainedModels models)
      throws IOException {
    return run(experiment, SETTINGS, models);
  }

  /** How often each stage began. */
  private static Map<String, Integer> run(
      String experiment, ExperimentSettings settings, PretrainedModels models) throws IOException {
    ExperimentRequest request =
        new ExperimentRequest(
            Experiments.named(experiment).orElseThrow(),
            "a small sample",
            TinyExperiments.dataset(),
            "tiny",
            settings,
            models,
            1,
            folder,
            Optional.empty(),
            "sidestream experiment");
    Stages stages = new Stages();
    new ExperimentRun(request, new PrintWriter(new StringWriter()), stages, CLOCK, "test").run();
    return stages.begun;
  }

  private static final class Stages implements TrainingProgress {
    private final Map<String, Integer> begun = new TreeMap<>();

    @Override
    public void stage(String name, String detail) {
      begun.merge(name, 1, Integer::sum);
    }

    @Override
    public void step(long done, long total) {}

    @Override
    public void finished(String name, String detail) {}
  }
}
