package io.sidestream.learning.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.learning.progress.LossCurve;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.generator.Beam;
import io.sidestream.model.generator.CodeGenerator;
import io.sidestream.model.generator.GeneratorPrompt;
import io.sidestream.model.generator.GeneratorShape;
import io.sidestream.model.onnx.Device;
import io.sidestream.model.onnx.OnnxSessions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exported graph against the generator in the trainer and against trying every ID. */
class GeneratorGraphTest {
  private static final double CLOSE = 1e-4;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void generate_enoughBeams_equalsTryingEveryId(int levels) throws IOException {
    for (long seed = 100; seed < 104; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      GeneratorShape shape = Fixture.shape(levels, 7, 20);
      try (Exported exported = export(shape, random)) {
        for (int ids : new int[] {1, 2, 9, 60}) {
          CodeTrie trie = CodeTrie.of(shape.codebook(), Fixture.ids(shape, ids, random));
          GeneratorPrompt prompt = Fixture.prompt(shape, 1 + random.nextInt(20), random);
          checkExhaustive(exported, prompt, trie, "seed " + seed + ", " + ids + " ids");
        }
      }
    }
  }

  private static void checkExhaustive(
      Exported exported, GeneratorPrompt prompt, CodeTrie trie, String label) {
    List<Beam> expected = everyId(exported.trained, prompt, trie);
    double whole = expected.stream().mapToDouble(beam -> Math.exp(beam.logProbability())).sum();
    assertEquals(1, whole, CLOSE, label);
    List<Beam> found = exported.generator.generate(prompt, trie, trie.size() + 5);
    assertEquals(expected.size(), found.size(), label);
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i).logProbability(), found.get(i).logProbability(), CLOSE, label);
    }
    assertEquals(
        expected.stream().map(Beam::leaf).toList(), found.stream().map(Beam::leaf).toList(), label);
  }

  /** All IDs of the trie, best first, scored one by one. */
  private static List<Beam> everyId(
      GeneratorWeights trained, GeneratorPrompt prompt, CodeTrie trie) {
    List<int[]> ids = new ArrayList<>();
    for (int leaf = 0; leaf < trie.size(); leaf++) {
      ids.add(trie.codes(leaf));
    }
    return best(trained.logProbabilities(prompt, ids, trie), ids.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void generate_fewBeams_keepsToTheTrieAndToTheBest(int levels) throws IOException {
    for (long seed = 200; seed < 204; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      GeneratorShape shape = Fixture.shape(levels, 16, 20);
      try (Exported exported = export(shape, random)) {
        CodeTrie trie = CodeTrie.of(shape.codebook(), Fixture.ids(shape, 80, random));
        GeneratorPrompt prompt = Fixture.prompt(shape, 7, random);
        for (int beams : new int[] {1, 3, 10}) {
          checkBeams(exported, prompt, trie, beams, "seed " + seed + ", " + beams + " beams");
        }
      }
    }
  }

  private static void checkBeams(
      Exported exported, GeneratorPrompt prompt, CodeTrie trie, int beams, String label) {
    List<Beam> expected = beamSearch(exported.trained, prompt, trie, beams);
    List<Beam> found = exported.generator.generate(prompt, trie, beams);
    assertEquals(expected.size(), found.size(), label);
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i).leaf(), found.get(i).leaf(), label);
      assertEquals(expected.get(i).logProbability(), found.get(i).logProbability(), CLOSE, label);
    }
  }

  /** The plain algorithm: prefixes of growing length, the best of each length go on. */
  private static List<Beam> beamSearch(
      GeneratorWeights trained, GeneratorPrompt prompt, CodeTrie trie, int beams) {
    List<int[]> prefixes = List.of(new int[0]);
    List<Beam> best = List.of();
    for (int level = 0; level < trie.shape().levels(); level++) {
      List<int[]> longer = extended(prefixes, trie);
      best = best(trained.logProbabilities(prompt, longer, trie), beams);
      prefixes = best.stream().map(beam -> longer.get(beam.leaf())).toList();
    }
    List<Beam> found = new ArrayList<>();
    for (int i = 0; i < best.size(); i++) {
      found.add(new Beam(trie.leaf(prefixes.get(i)), best.get(i).logProbability()));
    }
    return found;
  }

  private static List<int[]> extended(List<int[]> prefixes, CodeTrie trie) {
    List<int[]> longer = new ArrayList<>();
    for (int[] prefix : prefixes) {
      for (int code : trie.children(prefix)) {
        int[] next = Arrays.copyOf(prefix, prefix.length + 1);
        next[prefix.length] = code;
        longer.add(next);
      }
    }
    return longer;
  }

  /** The places of the highest scores, best first. */
  private static List<Beam> best(double[] scores, int most) {
    return IntStream.range(0, scores.length)
        .mapToObj(place -> new Beam(place, scores[place]))
        .sorted(Comparator.comparingDouble(Beam::logProbability).reversed())
        .limit(most)
        .toList();
  }

  @Test
  void generate_allEqual_takesTheLowerCodes() throws IOException {
    GeneratorShape shape = Fixture.shape(3, 4, 8);
    SplittableRandom random = new SplittableRandom(300);
    try (Parameters parameters =
            GeneratorParameters.random(shape, CentroidLogits.zero(shape), Device.CPU, random);
        Parameters flat = withoutPreference(parameters)) {
      CodeTrie trie = CodeTrie.of(shape.codebook(), everyCombination(4));
      Path onnx = directory.resolve("flat.onnx");
      GeneratorGraph.of(shape, flat).write(onnx);
      try (CodeGenerator generator = CodeGenerator.open(onnx, shape, OnnxSessions.cpu(1))) {
        List<Beam> beams = generator.generate(Fixture.prompt(shape, 3, random), trie, 12);
        assertEquals(
            IntStream.range(0, 12).boxed().toList(), beams.stream().map(Beam::leaf).toList());
      }
    }
  }

  /** All IDs of three codes, so that every node has as many children. */
  private static List<int[]> everyCombination(int width) {
    return IntStream.range(0, width * width * width)
        .mapToObj(i -> new int[] {i / (width * width), i / width % width, i % width})
        .toList();
  }

  private static Parameters withoutPreference(Parameters parameters) {
    Parameters flat = new Parameters();
    for (String name : parameters.names()) {
      float[] data = parameters.floats(name);
      flat.add(
          name,
          name.equals(GeneratorParameters.HEADS) ? new float[data.length] : data,
          parameters.shape(name));
    }
    return flat;
  }

  @Test
  void parity_promptsOfEveryLength_isClose() throws IOException {
    SplittableRandom random = new SplittableRandom(400);
    GeneratorShape shape = Fixture.shape(2, 16, 150);
    try (Exported exported = export(shape, random)) {
      CodeTrie trie = CodeTrie.of(shape.codebook(), Fixture.ids(shape, 50, random));
      List<GeneratorPrompt> prompts = new ArrayList<>();
      for (int length : new int[] {1, 2, 17, 64, 127, 150}) {
        prompts.add(Fixture.prompt(shape, length, random));
      }
      double parity = exported.trained.parity(exported.generator, prompts, trie);
      assertTrue(parity < 2e-5, "parity " + parity);
    }
  }

  private record Exported(GeneratorWeights trained, CodeGenerator generator)
      implements AutoCloseable {
    @Override
    public void close() {
      generator.close();
      trained.close();
    }
  }

  private Exported export(GeneratorShape shape, SplittableRandom random) throws IOException {
    GeneratorWeights trained =
        new GeneratorWeights(
            shape,
            GeneratorParameters.random(shape, Fixture.geometry(shape, random), Device.CPU, random),
            LossCurve.NONE);
    Path onnx = directory.resolve("generator.onnx");
    trained.export(onnx);
    return new Exported(trained, CodeGenerator.open(onnx, shape, OnnxSessions.cpu(1)));
  }
}
