package io.sidestream.experiments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sidestream.datasets.DatasetByKind;
import io.sidestream.experiments.pretrained.PretrainedModels;
import io.sidestream.learning.progress.TrainingProgress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class ExperimentRunTest {
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  private static final Trainings LEARNED = new Trainings();

  @TempDir static Path all;
  private static String printed = "";
  private static String report = "";

  @TempDir Path folder;

  /** All of them, once for the tests that compare with them. */
  private static void runAll() throws IOException {
    if (printed.isEmpty()) {
      printed = run(Experiments.ALL, all, all.resolve("all.json"), LEARNED);
      report = Files.readString(all.resolve(ExperimentRun.REPORT));
    }
  }

  @Test
  void run_ofAll_leavesResultsAndOneReport() throws IOException {
    runAll();
    for (Experiment experiment : Experiments.ALL) {
      assertTrue(printed.contains(experiment.name()), experiment.name());
      assertTrue(Files.size(all.resolve(experiment.name() + ".json")) > 0);
    }
    for (String arm : List.of("frozen", "refreshed, unaligned", "refreshed, aligned")) {
      assertTrue(printed.contains(arm + ", cut 1"), arm);
    }
    assertTrue(report.contains("<svg"));
    assertEquals(
        Experiments.ALL.size(),
        new ObjectMapper().readTree(all.resolve("all.json").toFile()).size());
  }

  /** Without its last training, as if interrupted there, a run does that one alone. */
  @Test
  @EnabledIfSystemProperty(
      named = "long.run",
      matches = "true",
      disabledReason = "six trainings, and one again: mvn verify -Dlong.run=true")
  void run_ofRefreshesInterrupted_goesOnWithTheLast() throws IOException {
    List<Experiment> refreshes = Experiments.named("refreshes").orElseThrow();
    Path out = folder.resolve("out");
    run(refreshes, out, folder.resolve("first.json"), TrainingProgress.NONE);
    List<Path> lost;
    try (Stream<Path> cache = Files.list(out.resolve("cache"))) {
      lost =
          cache
              .filter(file -> file.toString().endsWith(".json"))
              .filter(
                  file ->
                      file.getFileName().toString().startsWith("2-refreshes")
                          || file.getFileName().toString().startsWith("refresh-2-trained-in-full"))
              .toList();
    }
    assertEquals(2, lost.size());
    for (Path file : lost) {
      Files.delete(file);
    }
    Trainings again = new Trainings();
    run(refreshes, out, folder.resolve("again.json"), again);
    assertEquals(1, again.generators.get());
  }

  @Test
  void run_again_trainsNothingAndFindsTheSame() throws IOException {
    runAll();
    List<Experiment> mixing = Experiments.named("loss-mixing").orElseThrow();
    byte[] found = Files.readAllBytes(all.resolve("loss-mixing.json"));
    Trainings again = new Trainings();
    run(mixing, all, folder.resolve("again.json"), again);
    assertTrue(LEARNED.generators.get() > 0);
    assertEquals(0, again.generators.get());
    assertArrayEquals(found, Files.readAllBytes(all.resolve("loss-mixing.json")));
  }

  @Test
  void run_elsewhereWithTheSameSeed_findsTheSame() throws IOException {
    runAll();
    List<Experiment> prompts = Experiments.named("prompts").orElseThrow();
    run(prompts, folder.resolve("b"), folder.resolve("b.json"), TrainingProgress.NONE);
    assertArrayEquals(
        Files.readAllBytes(all.resolve("prompts.json")),
        Files.readAllBytes(folder.resolve("b/prompts.json")));
  }

  @Test
  void run_ofTwoSeeds_givesDeviationsOverThem() throws IOException {
    List<Experiment> spaces = Experiments.named("dense-retrieval").orElseThrow();
    Path json = folder.resolve("seeds.json");
    String printed = run(spaces, 2, folder.resolve("seeds"), json, TrainingProgress.NONE);
    assertTrue(printed.contains("±"), printed);
    assertTrue(Files.readString(json).contains("DEVIATION"));
  }

  /** Its head named the data of the last run, for the tables of all. */
  @Test
  void run_onOtherDataInOneFolder_saysOfEachResultOnWhichData() throws IOException {
    run("one folder", "dense-retrieval", TinyExperiments.dataset());
    String of = Files.readString(folder.resolve(ExperimentRun.REPORT));
    assertEquals(2, of.split("<dd>one folder</dd>", -1).length - 1, "head and experiment");
    run("another folder", "alignment", TinyExperiments.dataset());
    String both = Files.readString(folder.resolve(ExperimentRun.REPORT));
    assertEquals(1, both.split("<dd>one folder</dd>", -1).length - 1, "its experiment");
    assertEquals(1, both.split("<dd>another folder</dd>", -1).length - 1, "its experiment");
    assertEquals(1, both.split(ExperimentRun.DIFFERENT, -1).length - 1, "head");
  }

  /** Each run ended at its first report, with the experiments behind it not done. */
  @Test
  void run_besideWhatIsNoResult_leavesItOutOfTheReport() throws IOException {
    Path other = Files.writeString(folder.resolve("ablation.json"), "{\"schema\": 0}");
    String printed = run("a folder", "alignment", TinyExperiments.dataset());
    assertTrue(
        printed.contains(other + " is left out of the report: results have schema version 0"),
        printed);
    String page = Files.readString(folder.resolve(ExperimentRun.REPORT));
    assertTrue(page.contains("alignment"));
    assertFalse(page.contains("ablation"));
  }

  /** A run of all ended with "0 columns in Recall@30 of items, expected 1 to 32". */
  @Test
  void run_withoutSearches_saysThatThereAreNone() throws IOException {
    DatasetByKind all = TinyExperiments.dataset();
    DatasetByKind ratings =
        new DatasetByKind(all.items(), all.interactions(), "tags", List.of(), List.of(), List.of());
    for (String name : List.of("typing-errors", "few-searches")) {
      String printed = run("ratings", name, ratings);
      assertTrue(printed.contains("No test case is a search."), printed);
    }
  }

  private String run(String dataName, String experiment, DatasetByKind dataset) throws IOException {
    ExperimentRequest request =
        new ExperimentRequest(
            Experiments.named(experiment).orElseThrow(),
            dataName,
            dataset,
            "tiny",
            TinyExperiments.SETTINGS,
            PretrainedModels.NONE,
            1,
            folder,
            Optional.empty(),
            "sidestream experiment");
    StringWriter printed = new StringWriter();
    PrintWriter out = new PrintWriter(printed);
    new ExperimentRun(request, out, TrainingProgress.NONE, CLOCK, "test").run();
    return printed.toString();
  }

  @Test
  void named_ofNoExperiment_isEmpty() {
    assertTrue(Experiments.named("trade-off").isEmpty());
    assertEquals(Experiments.ALL, Experiments.named(Experiments.ALL_NAME).orElseThrow());
  }

  private static String run(
      List<Experiment> experiments, Path out, Path json, TrainingProgress progress)
      throws IOException {
    return run(experiments, 1, out, json, progress);
  }

  private static String run(
      List<Experiment> experiments, int seeds, Path out, Path json, TrainingProgress progress)
      throws IOException {
    StringWriter printed = new StringWriter();
    ExperimentRequest request =
        new ExperimentRequest(
            experiments,
            "a small sample",
            TinyExperiments.dataset(),
            "tiny",
            TinyExperiments.SETTINGS,
            PretrainedModels.NONE,
            seeds,
            out,
            Optional.of(json),
            "sidestream experiment");
    new ExperimentRun(request, new PrintWriter(printed), progress, CLOCK, "test").run();
    return printed.toString();
  }

  /** Counts how often a generator begins to learn. */
  private static final class Trainings implements TrainingProgress {
    private final AtomicInteger generators = new AtomicInteger();

    @Override
    public void stage(String name, String detail) {
      if (name.equals("generator")) {
        generators.incrementAndGet();
      }
    }

    @Override
    public void step(long done, long total) {}

    @Override
    public void finished(String name, String detail) {}
  }
}
