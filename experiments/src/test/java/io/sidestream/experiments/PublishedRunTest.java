package io.sidestream.experiments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.experiments.published.GoldenModels;
import io.sidestream.experiments.published.PublishedModels;
import io.sidestream.trainer.TrainingProgress;
import io.sidestream.trainer.huggingface.PublishedEncoder;
import io.sidestream.trainer.huggingface.PublishedGenerator;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Experiments with a published encoder and generator: tiny ones, learning next to nothing. */
class PublishedRunTest {
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
  private static final String ENCODER = "published encoder";
  private static final String GENERATOR = "published generator";
  private static final String FROM_SCRATCH = "generator";
  private static final Optional<PublishedEncoder.Settings> TUNED =
      Optional.of(new PublishedEncoder.Settings(1, 3, 16, 2e-5, 0.1, 0.05));
  private static final PublishedGenerator.Settings LEARNING =
      new PublishedGenerator.Settings(1, 4, 16, 2e-3, 0.01, 64);

  @TempDir Path folder;

  @Test
  void run_encoderFineTunedAndGenerator_tunesBothSpacesAndTeachesEachTrial() throws IOException {
    PublishedModels models = models(TUNED);
    Map<String, Integer> stages = run("cold", models, "out");
    assertEquals(2, stages.get(ENCODER)); // search-tuned, multi-task
    assertEquals(4, stages.get(GENERATOR)); // one for each way
    assertTrue(!stages.containsKey(FROM_SCRATCH));
    String report = Files.readString(folder.resolve("out").resolve(ExperimentRun.REPORT));
    models.names().values().forEach(name -> assertTrue(report.contains(name), name));
  }

  @Test
  void run_again_learnsNothingAndFindsTheSame() throws IOException {
    run("cold", models(TUNED), "out");
    byte[] first = Files.readAllBytes(folder.resolve("out").resolve("cold.json"));
    Map<String, Integer> again = run("cold", models(TUNED), "out");
    assertTrue(!again.containsKey(ENCODER) && !again.containsKey(GENERATOR), again.toString());
    assertArrayEquals(first, Files.readAllBytes(folder.resolve("out").resolve("cold.json")));
  }

  @Test
  void run_otherGeneratorInTheSameFolder_learnsIdsAnewInTheSameSpaces() throws IOException {
    run("cold", models(TUNED), "out");
    Path other =
        GoldenModels.copyWith(
            GoldenModels.t5(),
            folder.resolve("other"),
            "\"dropout_rate\":0.1",
            "\"dropout_rate\":0.2");
    Map<String, Integer> stages = run("cold", models(TUNED).withGenerator(other, LEARNING), "out");
    assertTrue(!stages.containsKey(ENCODER), stages.toString());
    assertEquals(4, stages.get(GENERATOR));
  }

  @Test
  void run_encoderAsItIs_learnsHeadsOnItsVectors() throws IOException {
    PublishedModels models =
        PublishedModels.NONE.withEncoder(GoldenModels.mpnet(), Optional.empty());
    Map<String, Integer> stages = run("cold", models, "out");
    assertTrue(!stages.containsKey(ENCODER), stages.toString());
    assertEquals(4, stages.get(FROM_SCRATCH));
  }

  @Test
  void run_decodingOfAPublishedGenerator_comparesAllWays() throws IOException {
    PublishedModels models = PublishedModels.NONE.withGenerator(GoldenModels.t5(), LEARNING);
    assertEquals(1, run("decoding", models, "out").get(GENERATOR));
    String found = Files.readString(folder.resolve("out").resolve("decoding.json"));
    for (String name : List.of("likeliest IDs of the trie", "60 beams", "on the trie")) {
      assertTrue(found.contains(name), name);
    }
  }

  private static PublishedModels models(Optional<PublishedEncoder.Settings> fineTuning) {
    return PublishedModels.NONE
        .withEncoder(GoldenModels.mpnet(), fineTuning)
        .withGenerator(GoldenModels.t5(), LEARNING);
  }

  /** How often each stage began. */
  private Map<String, Integer> run(String experiment, PublishedModels models, String out)
      throws IOException {
    ExperimentRequest request =
        new ExperimentRequest(
            Experiments.named(experiment).orElseThrow(),
            "a small sample",
            TinyExperiments.dataset(),
            "tiny",
            TinyExperiments.SETTINGS,
            models,
            1,
            folder.resolve(out),
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
