package io.sidestream.model.generator;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.sidestream.model.codes.CodeTrie;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one call of a generator's graph is fed; closed after the call. Not for several threads. */
final class GeneratorInputs implements AutoCloseable {
  static final String TOKENS = "tokens";
  static final String LENGTHS = "lengths";
  static final String PROMPT_VECTOR = "prompt_vector";
  static final String BEAMS = "beams";

  private final Map<String, OnnxTensor> fed = new LinkedHashMap<>();

  private GeneratorInputs() {}

  /** Prompts as long as the longest; the graph masks what is beyond a prompt's length. */
  static GeneratorInputs batch(List<GeneratorPrompt> prompts, CodeTrie trie, int beams)
      throws OrtException {
    int size = prompts.size();
    int longest = prompts.stream().mapToInt(GeneratorPrompt::length).max().orElseThrow();
    int dimensions = prompts.get(0).vector().length;
    long[] tokens = new long[size * longest]; // (B, S)
    long[] lengths = new long[size];
    float[] vectors = new float[size * dimensions]; // (B, D)
    for (int i = 0; i < size; i++) {
      GeneratorPrompt prompt = prompts.get(i);
      int[] own = prompt.tokens();
      for (int at = 0; at < own.length; at++) {
        tokens[i * longest + at] = own[at];
      }
      lengths[i] = own.length;
      System.arraycopy(prompt.vector(), 0, vectors, i * dimensions, dimensions);
    }
    return closedOnFailure(
        inputs -> {
          inputs.feed(TOKENS, tokens, size, longest);
          inputs.feed(LENGTHS, lengths, size);
          inputs.feed(PROMPT_VECTOR, vectors, size, dimensions);
          inputs.feed(trie, beams);
        });
  }

  /** A prompt for a graph that takes one at a time. */
  static GeneratorInputs single(GeneratorPrompt prompt, CodeTrie trie, int beams)
      throws OrtException {
    int[] own = prompt.tokens();
    long[] tokens = new long[own.length]; // (S)
    for (int at = 0; at < own.length; at++) {
      tokens[at] = own[at];
    }
    return closedOnFailure(
        inputs -> {
          inputs.feed(TOKENS, tokens, tokens.length);
          inputs.feed(PROMPT_VECTOR, prompt.vector(), prompt.vector().length);
          inputs.feed(trie, beams);
        });
  }

  @FunctionalInterface
  private interface Feeding {
    void into(GeneratorInputs inputs) throws OrtException;
  }

  private static GeneratorInputs closedOnFailure(Feeding feeding) throws OrtException {
    GeneratorInputs inputs = new GeneratorInputs();
    try {
      feeding.into(inputs);
      return inputs;
    } catch (OrtException | RuntimeException e) {
      inputs.close();
      throw e;
    }
  }

  static String trieName(int level) {
    return "trie_" + level;
  }

  private void feed(CodeTrie trie, int beams) throws OrtException {
    feed(BEAMS, new long[] {beams});
    for (int level = 0; level < trie.shape().levels(); level++) {
      long[] axes = {trie.nodes(level), trie.shape().width()};
      fed.put(
          trieName(level),
          OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), trie.direct(level), axes));
    }
  }

  private void feed(String name, long[] data, long... axes) throws OrtException {
    fed.put(
        name,
        OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), LongBuffer.wrap(data), axes));
  }

  private void feed(String name, float[] data, long... axes) throws OrtException {
    fed.put(
        name,
        OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), FloatBuffer.wrap(data), axes));
  }

  Map<String, OnnxTensor> tensors() {
    return fed;
  }

  @Override
  public void close() {
    fed.values().forEach(OnnxTensor::close);
  }
}
