package io.sidestream.model.generator;

import ai.onnxruntime.OrtException;
import io.sidestream.model.codes.CodeTrie;
import java.util.List;

/** What the graph of an encoder-decoder is fed. */
final class GeneratorInputs {
  static final String TOKENS = "tokens";
  static final String LENGTHS = "lengths";
  static final String PROMPT_VECTOR = "prompt_vector";
  static final String BEAMS = "beams";

  private GeneratorInputs() {}

  /** Prompts as long as the longest; the graph masks what is beyond a prompt's length. */
  static GraphInputs batch(List<GeneratorPrompt> prompts, CodeTrie trie, int beams)
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
    return GraphInputs.of(
        inputs -> {
          inputs.feed(TOKENS, tokens, size, longest);
          inputs.feed(LENGTHS, lengths, size);
          inputs.feed(PROMPT_VECTOR, vectors, size, dimensions);
          inputs.feed(BEAMS, new long[] {beams});
          inputs.feed(trie);
        });
  }

  /** A prompt for a graph that takes one at a time. */
  static GraphInputs single(GeneratorPrompt prompt, CodeTrie trie, int beams) throws OrtException {
    int[] own = prompt.tokens();
    long[] tokens = new long[own.length]; // (S)
    for (int at = 0; at < own.length; at++) {
      tokens[at] = own[at];
    }
    return GraphInputs.of(
        inputs -> {
          inputs.feed(TOKENS, tokens, tokens.length);
          inputs.feed(PROMPT_VECTOR, prompt.vector(), prompt.vector().length);
          inputs.feed(BEAMS, new long[] {beams});
          inputs.feed(trie);
        });
  }
}
