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
import java.util.Set;

/** What one call of a sequence generator's graph is fed; closed after the call. One thread. */
final class SequenceInputs implements AutoCloseable {
  static final String POSITIONS = "positions";
  static final String TOKENS = "tokens";
  static final String LENGTHS = "lengths";
  static final String PREFIXES = "prefixes";
  static final Set<String> NAMES = Set.of(POSITIONS, TOKENS, LENGTHS, PREFIXES);

  private final Map<String, OnnxTensor> fed = new LinkedHashMap<>();

  private SequenceInputs() {}

  /** Prompts as long as the longest: positions do not see what comes after them. */
  static SequenceInputs of(List<SequencePrompt> prompts, CodeTrie trie, int prefixes)
      throws OrtException {
    int size = prompts.size();
    int longest = prompts.stream().mapToInt(SequencePrompt::length).max().orElseThrow();
    int model = prompts.get(0).positions()[0].length;
    int each = prompts.get(0).tokens()[0].length;
    float[] positions = new float[size * longest * model]; // (B, S, M)
    long[] tokens = new long[size * longest * each]; // (B, S, T)
    long[] lengths = new long[size];
    for (int b = 0; b < size; b++) {
      SequencePrompt prompt = prompts.get(b);
      lengths[b] = prompt.length();
      for (int at = 0; at < prompt.length(); at++) {
        int place = b * longest + at;
        System.arraycopy(prompt.positions()[at], 0, positions, place * model, model);
        for (int t = 0; t < each; t++) {
          tokens[place * each + t] = prompt.tokens()[at][t];
        }
      }
    }
    SequenceInputs inputs = new SequenceInputs();
    try {
      inputs.feed(POSITIONS, positions, size, longest, model);
      inputs.feed(TOKENS, tokens, size, longest, each);
      inputs.feed(LENGTHS, lengths, size);
      inputs.feed(PREFIXES, new long[] {prefixes});
      inputs.feed(trie);
      return inputs;
    } catch (OrtException | RuntimeException e) {
      inputs.close();
      throw e;
    }
  }

  private void feed(CodeTrie trie) throws OrtException {
    for (int level = 0; level < trie.shape().levels(); level++) {
      long[] axes = {trie.nodes(level), trie.shape().width()};
      fed.put(
          GeneratorInputs.trieName(level),
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
