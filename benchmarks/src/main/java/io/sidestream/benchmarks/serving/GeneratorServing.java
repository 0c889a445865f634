package io.sidestream.benchmarks.serving;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.learning.generator.SeededGenerator;
import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.generator.Beam;
import io.sidestream.model.generator.CodeGenerator;
import io.sidestream.model.generator.GeneratorPrompt;
import io.sidestream.model.onnx.Device;
import io.sidestream.model.onnx.OnnxSessions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Measures the generator's graph on one device: latency of a call and requests per second, by
 * prompts together, beams and tokens; and its answers against those of the CPU, prompt by prompt.
 */
public final class GeneratorServing {
  private static final long SEED = 7;
  private static final int FEWEST_CALLS = 5;
  private static final int COMPARED_BEAMS = 60;
  private static final int COMPARED_TOKENS = 32;

  private final Options options;
  private final Work work;
  private final CodeTrie trie;
  private final PrintStream out;

  GeneratorServing(Options options, PrintStream out) {
    this.options = options;
    this.work = Work.of(options.shape().shape());
    this.trie = work.trie();
    this.out = out;
  }

  public static void main(String[] arguments) throws IOException {
    try {
      new GeneratorServing(Options.parse(arguments), System.out).run();
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  void run() throws IOException {
    Path graph = prepared();
    OnnxSessions sessions = new OnnxSessions(options.device(), options.threads());
    long start = System.nanoTime();
    try (CodeGenerator generator = open(graph, sessions)) {
      event("open", start);
      if (sessions.device() != options.device()) {
        throw new IllegalArgumentException("device " + options.device() + " cannot be used");
      }
      firstCall(generator);
      if (options.parity() > 0) {
        compare(generator, graph);
      }
      measureAll(generator);
    }
  }

  private CodeGenerator open(Path graph, OnnxSessions sessions) {
    return CodeGenerator.open(graph, work.shape(), sessions);
  }

  /** Writes graph, weights and work where they are not there yet. */
  private Path prepared() throws IOException {
    Path directory = Files.createDirectories(options.directory());
    Path graph = directory.resolve(options.shape().label() + ".onnx");
    if (!Files.exists(graph)) {
      long start = System.nanoTime();
      SeededGenerator generator = SeededGenerator.of(work.shape(), SEED);
      work.write(directory, generator);
      generator.export(graph);
      event("write", start);
    }
    return graph;
  }

  private void firstCall(CodeGenerator generator) {
    long start = System.nanoTime();
    generator.generate(work.prompts(0, 1, COMPARED_TOKENS), trie, COMPARED_BEAMS);
    event("first call", start);
  }

  private void compare(CodeGenerator generator, Path graph) throws IOException {
    try (CodeGenerator cpu = open(graph, OnnxSessions.cpu(options.threads()))) {
      List<List<Beam>> found =
          compare(
              "equal lengths", generator, cpu, work.prompts(0, options.parity(), COMPARED_TOKENS));
      compare("mixed lengths", generator, cpu, work.mixed(options.parity()));
      work.writeAnswers(
          options.directory().resolve("answers.safetensors"),
          found,
          COMPARED_BEAMS,
          COMPARED_TOKENS);
    }
  }

  private List<List<Beam>> compare(
      String lengths, CodeGenerator generator, CodeGenerator cpu, List<GeneratorPrompt> prompts) {
    List<List<Beam>> expected = new ArrayList<>();
    prompts.forEach(prompt -> expected.add(cpu.generate(prompt, trie, COMPARED_BEAMS)));
    List<List<Beam>> found = generator.generate(prompts, trie, COMPARED_BEAMS);
    List<Integer> all = IntStream.range(0, prompts.size()).boxed().toList();
    print(
        described("parity")
            .put("lengths", lengths)
            .put("prompts", prompts.size())
            .put(
                "equal_order",
                all.stream()
                    .filter(i -> leaves(found.get(i)).equals(leaves(expected.get(i))))
                    .count())
            .put(
                "equal_sets",
                all.stream()
                    .filter(i -> sorted(found.get(i)).equals(sorted(expected.get(i))))
                    .count())
            .put(
                "largest_difference_of_log_probabilities",
                all.stream()
                    .mapToDouble(i -> difference(found.get(i), expected.get(i)))
                    .max()
                    .orElse(0)));
    return found;
  }

  private static List<Integer> leaves(List<Beam> beams) {
    return beams.stream().map(Beam::leaf).toList();
  }

  private static List<Integer> sorted(List<Beam> beams) {
    return beams.stream().map(Beam::leaf).sorted().toList();
  }

  /** Rank by rank, so that two IDs that change places do not count as far apart. */
  private static double difference(List<Beam> found, List<Beam> expected) {
    return IntStream.range(0, Math.min(found.size(), expected.size()))
        .mapToDouble(
            i -> Math.abs(found.get(i).logProbability() - expected.get(i).logProbability()))
        .max()
        .orElse(0);
  }

  private void measureAll(CodeGenerator generator) {
    for (int tokens : options.tokens()) {
      for (int beams : options.beams()) {
        for (int prompts : options.prompts()) {
          timed(generator, prompts, beams, tokens, options.seconds() / 3);
          Latencies calls = timed(generator, prompts, beams, tokens, options.seconds());
          print(
              described("serving")
                  .put("tokens", tokens)
                  .put("beams", beams)
                  .put("prompts", prompts)
                  .put("p50_ms", calls.millis(0.5))
                  .put("p99_ms", calls.millis(0.99))
                  .put("requests_per_second", prompts * calls.perSecond())
                  .put("calls", calls.calls()));
        }
      }
    }
  }

  private Latencies timed(
      CodeGenerator generator, int prompts, int beams, int tokens, double seconds) {
    List<Long> nanos = new ArrayList<>();
    long begin = System.nanoTime();
    while (nanos.size() < FEWEST_CALLS || System.nanoTime() - begin < seconds * 1e9) {
      List<GeneratorPrompt> next = work.prompts(nanos.size() * prompts, prompts, tokens);
      long start = System.nanoTime();
      generator.generate(next, trie, beams);
      nanos.add(System.nanoTime() - start);
    }
    return new Latencies(nanos.stream().mapToLong(Long::longValue).toArray());
  }

  private void event(String what, long start) {
    print(described(what).put("ms", (System.nanoTime() - start) / 1e6));
  }

  private ObjectNode described(String what) {
    return new ObjectMapper()
        .createObjectNode()
        .put("what", what)
        .put("shape", options.shape().label())
        .put("device", options.device().name().toLowerCase(Locale.ROOT))
        .put("threads", options.device() == Device.CPU ? options.threads() : 0);
  }

  private void print(ObjectNode line) {
    out.println(line);
    out.flush();
  }
}
