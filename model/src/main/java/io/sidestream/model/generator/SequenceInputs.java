package io.sidestream.model.generator;

import ai.onnxruntime.OrtException;
import io.sidestream.model.codes.CodeTrie;
import java.util.List;
import java.util.Set;

/** What the graph of a sequence generator is fed. */
final class SequenceInputs {
  static final String POSITIONS = "positions";
  static final String TOKENS = "tokens";
  static final String LENGTHS = "lengths";
  static final String PREFIXES = "prefixes";
  static final Set<String> NAMES = Set.of(POSITIONS, TOKENS, LENGTHS, PREFIXES);

  private SequenceInputs() {}

  /** Prompts as long as the longest: positions do not see what comes after them. */
  static GraphInputs of(List<SequencePrompt> prompts, CodeTrie trie, int prefixes)
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
    return GraphInputs.of(
        inputs -> {
          inputs.feed(POSITIONS, positions, size, longest, model);
          inputs.feed(TOKENS, tokens, size, longest, each);
          inputs.feed(LENGTHS, lengths, size);
          inputs.feed(PREFIXES, new long[] {prefixes});
          inputs.feed(trie);
        });
  }
}
