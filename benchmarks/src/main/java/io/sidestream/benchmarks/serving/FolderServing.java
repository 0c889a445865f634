package io.sidestream.benchmarks.serving;

import static io.sidestream.benchmarks.measure.Measurement.rounded;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.learning.generator.GeneratorExample;
import io.sidestream.learning.generator.GraphPlan;
import io.sidestream.learning.pretrained.PretrainedGenerator;
import io.sidestream.learning.pretrained.TunedGenerator;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.CodeGenerator;
import io.sidestream.model.generator.GeneratorPrompt;
import io.sidestream.model.onnx.Device;
import io.sidestream.model.onnx.OnnxSessions;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Measures a T5 of a folder on its way into serving on a CPU: reading, some steps of training on
 * random IDs, export, and CPU time of one answer by the graph.
 */
public final class FolderServing {
  private static final CodebookShape CODEBOOK = new CodebookShape(2, 256);
  private static final long SEED = 20_261_127;
  private static final int VECTOR_DIMENSIONS = 128;
  private static final int IDS = 20_000;
  private static final int BATCH = 8;
  private static final int BEAMS = 60;
  private static final int TOKENS = 32;
  private static final int CALLS = 15;
  private static final int PARITY_PROMPTS = 2;

  private final PrintStream out;

  FolderServing(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 3) {
      System.err.println("expected FOLDER STEPS DIRECTORY");
      System.exit(2);
    }
    new FolderServing(System.out)
        .run(Path.of(arguments[0]), Integer.parseInt(arguments[1]), Path.of(arguments[2]));
  }

  /**
   * @param directory where the graph is written
   */
  void run(Path folder, int steps, Path directory) throws IOException {
    Path graph = Files.createDirectories(directory).resolve("generator.onnx");
    TunedGenerator.Served served =
        new TunedGenerator.Served(CODEBOOK, VECTOR_DIMENSIONS, TOKENS, GraphPlan.Normalizer.TRIE);
    long start = System.nanoTime();
    try (TunedGenerator tuned = TunedGenerator.open(folder, served, Device.CPU, SEED)) {
      event("read", start);
      List<int[]> ids = ids();
      List<GeneratorPrompt> prompts = prompts(ids.subList(0, BATCH * steps), tuned);
      start = System.nanoTime();
      tuned.train(examples(prompts, ids), settings(steps), TrainingProgress.NONE);
      event("train " + steps + " steps of " + BATCH, start);
      start = System.nanoTime();
      tuned.export(graph);
      event("export", start);
      start = System.nanoTime();
      CodeTrie trie = CodeTrie.of(CODEBOOK, ids);
      try (CodeGenerator generator =
          CodeGenerator.open(graph, tuned.shape(), OnnxSessions.cpu(1))) {
        event("open", start);
        print(
            line("parity")
                .put(
                    "largest_difference_of_log_probabilities",
                    tuned.parity(generator, prompts.subList(0, PARITY_PROMPTS), trie)));
        answers(generator, prompts, trie);
      } finally {
        tuned.words().close();
      }
    }
  }

  private void answers(CodeGenerator generator, List<GeneratorPrompt> prompts, CodeTrie trie) {
    double[] cpu = new double[CALLS];
    double[] wall = new double[CALLS];
    for (int call = -2; call < CALLS; call++) { // two to warm up
      GeneratorPrompt prompt = prompts.get(Math.floorMod(call, prompts.size()));
      long begun = System.nanoTime();
      long used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      generator.generate(prompt, trie, BEAMS);
      if (call >= 0) {
        cpu[call] = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - used) / 1e6;
        wall[call] = (System.nanoTime() - begun) / 1e6;
      }
    }
    Arrays.sort(cpu);
    Arrays.sort(wall);
    print(
        line("answer")
            .put("tokens", TOKENS)
            .put("beams", BEAMS)
            .put("threads", 1)
            .put("median_cpu_ms", rounded(cpu[CALLS / 2]))
            .put("median_ms", rounded(wall[CALLS / 2])));
  }

  private static List<int[]> ids() {
    SplittableRandom random = new SplittableRandom(SEED);
    List<int[]> ids = new ArrayList<>();
    for (int i = 0; i < IDS; i++) {
      ids.add(random.ints(CODEBOOK.levels(), 0, CODEBOOK.width()).toArray());
    }
    return ids;
  }

  /** Histories, each as long as a prompt may be. */
  private static List<GeneratorPrompt> prompts(List<int[]> answers, TunedGenerator tuned) {
    SplittableRandom random = new SplittableRandom(SEED + 1);
    int first = tuned.shape().vocabulary() - CODEBOOK.levels() * CODEBOOK.width();
    return answers.stream()
        .map(
            unused ->
                new GeneratorPrompt(
                    random.ints(TOKENS, first, tuned.shape().vocabulary()).toArray(),
                    new float[VECTOR_DIMENSIONS]))
        .toList();
  }

  private static List<GeneratorExample> examples(List<GeneratorPrompt> prompts, List<int[]> ids) {
    List<GeneratorExample> examples = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      examples.add(new GeneratorExample(prompts.get(i), ids.get(i), 1));
    }
    return examples;
  }

  private static PretrainedGenerator.Settings settings(int steps) {
    return new PretrainedGenerator.Settings(1, steps, BATCH, 2e-3, 0.01, TOKENS);
  }

  private void event(String what, long start) {
    print(line(what).put("seconds", rounded((System.nanoTime() - start) / 1e9)));
  }

  private static ObjectNode line(String what) {
    return new ObjectMapper().createObjectNode().put("measured", what);
  }

  private void print(ObjectNode line) {
    out.println(line);
  }
}
