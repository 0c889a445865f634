package io.sidestream.benchmarks.serving;

import io.sidestream.learning.generator.SeededGenerator;
import io.sidestream.model.bundle.Safetensors;
import io.sidestream.model.bundle.Tensor;
import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.generator.Beam;
import io.sidestream.model.generator.GeneratorPrompt;
import io.sidestream.model.generator.GeneratorShape;
import io.sidestream.model.vectors.Vectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** The prompts and IDs that are the same for ours and for a peer, from a seed. */
record Work(GeneratorShape shape, List<int[]> ids, List<GeneratorPrompt> prompts) {
  /** Different prompts, each as long as the shape allows. */
  static final int PROMPTS = 256;

  private static final int IDS = 20_000;
  private static final long SEED = 20_261_127;

  static Work of(GeneratorShape shape) {
    SplittableRandom random = new SplittableRandom(SEED);
    int levels = shape.codebook().levels();
    List<int[]> ids = new ArrayList<>();
    for (int i = 0; i < IDS; i++) {
      ids.add(random.ints(levels, 0, shape.codebook().width()).toArray());
    }
    List<GeneratorPrompt> prompts = new ArrayList<>();
    for (int i = 0; i < PROMPTS; i++) {
      int[] tokens = random.ints(shape.maxTokens(), 0, shape.vocabulary()).toArray();
      float[] vector = new float[shape.vectorDimensions()];
      for (int d = 0; d < vector.length; d++) {
        vector[d] = (float) (2 * random.nextDouble() - 1);
      }
      prompts.add(new GeneratorPrompt(tokens, Vectors.normalize(vector)));
    }
    return new Work(shape, ids, prompts);
  }

  CodeTrie trie() {
    return CodeTrie.of(shape.codebook(), ids);
  }

  /** Prompts from a place on, cut to a length. */
  List<GeneratorPrompt> prompts(int from, int count, int tokens) {
    List<GeneratorPrompt> cut = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      cut.add(cut(i, tokens));
    }
    return cut;
  }

  /** Prompts of lengths from 1 to the shape's. */
  List<GeneratorPrompt> mixed(int count) {
    List<GeneratorPrompt> cut = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      cut.add(cut(i, 1 + i * 37 % shape.maxTokens()));
    }
    return cut;
  }

  private GeneratorPrompt cut(int at, int tokens) {
    GeneratorPrompt prompt = prompts.get(at % PROMPTS);
    return new GeneratorPrompt(Arrays.copyOf(prompt.tokens(), tokens), prompt.vector());
  }

  /** Everything a peer needs to do the same: weights, IDs, prompts. */
  void write(Path directory, SeededGenerator generator) throws IOException {
    Map<String, Tensor> weights = new TreeMap<>();
    for (String name : generator.names()) {
      int[] axes = Arrays.stream(generator.shape(name)).mapToInt(Math::toIntExact).toArray();
      weights.put(name, Tensor.floats(generator.floats(name), axes));
    }
    new Safetensors(weights).write(directory.resolve("weights.safetensors"));
    float[][] vectors = prompts.stream().map(GeneratorPrompt::vector).toArray(float[][]::new);
    new Safetensors(
            Map.of(
                "ids", whole(ids, shape.codebook().levels()),
                "tokens",
                    whole(
                        prompts.stream().map(GeneratorPrompt::tokens).toList(), shape.maxTokens()),
                "vectors", Tensor.rows(vectors, shape.vectorDimensions())),
            Map.of("heads", Integer.toString(shape.heads())))
        .write(directory.resolve("work.safetensors"));
  }

  /** What ours answered to the first prompts, for a peer to compare with. */
  void writeAnswers(Path file, List<List<Beam>> answers, int beams, int tokens) throws IOException {
    CodeTrie trie = trie();
    int levels = shape.codebook().levels();
    float[] codes = new float[answers.size() * beams * levels];
    float[] logs = new float[answers.size() * beams];
    for (int i = 0; i < answers.size(); i++) {
      for (int rank = 0; rank < answers.get(i).size(); rank++) {
        Beam beam = answers.get(i).get(rank);
        int at = i * beams + rank;
        logs[at] = (float) beam.logProbability();
        int[] own = trie.codes(beam.leaf());
        for (int level = 0; level < levels; level++) {
          codes[at * levels + level] = own[level];
        }
      }
    }
    new Safetensors(
            Map.of(
                "codes", Tensor.floats(codes, answers.size(), beams, levels),
                "log_probabilities", Tensor.floats(logs, answers.size(), beams)),
            Map.of("tokens", Integer.toString(tokens)))
        .write(file);
  }

  /** Whole numbers below 2^24 are exact as floats. */
  private static Tensor whole(List<int[]> rows, int columns) {
    float[] flat = new float[rows.size() * columns];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = rows.get(i / columns)[i % columns];
    }
    return Tensor.floats(flat, rows.size(), columns);
  }
}
