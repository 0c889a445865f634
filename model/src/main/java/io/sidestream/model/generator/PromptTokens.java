package io.sidestream.model.generator;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.text.TextTokenizer;
import java.util.List;

/** Writes prompts as tokens: a task's marker, then what fits. */
public record PromptTokens(
    GeneratorVocabulary vocabulary, TextTokenizer tokenizer, int maxTokens, TaskMarker marking) {
  public PromptTokens {
    check(
        maxTokens > vocabulary.shape().levels(),
        "prompts of %d tokens hold no item of %d codes beside the marker",
        maxTokens,
        vocabulary.shape().levels());
  }

  /** Prompts that name their task. */
  public PromptTokens(GeneratorVocabulary vocabulary, TextTokenizer tokenizer, int maxTokens) {
    this(vocabulary, tokenizer, maxTokens, TaskMarker.TASK);
  }

  /** The marker, then the query's first word pieces. Shape: at most {@link #maxTokens()}. */
  public int[] search(String query) {
    long[] ids = tokenizer.encodeBare(query);
    int[] tokens = new int[Math.min(maxTokens, 1 + ids.length)];
    tokens[0] = vocabulary.marker(marking.marked(Task.SEARCH));
    for (int i = 1; i < tokens.length; i++) {
      tokens[i] = vocabulary.piece(ids[i - 1]);
    }
    return tokens;
  }

  /**
   * The marker, then the IDs of the newest items that fit, oldest first.
   *
   * @param codesOldestFirst shape [item][level]
   */
  public int[] recommendation(List<int[]> codesOldestFirst) {
    int levels = vocabulary.shape().levels();
    int items = Math.min(codesOldestFirst.size(), (maxTokens - 1) / levels);
    int[] tokens = new int[1 + items * levels];
    tokens[0] = vocabulary.marker(marking.marked(Task.RECOMMENDATION));
    int at = 1;
    for (int[] codes :
        codesOldestFirst.subList(codesOldestFirst.size() - items, codesOldestFirst.size())) {
      for (int level = 0; level < levels; level++) {
        tokens[at++] = vocabulary.code(level, codes[level]);
      }
    }
    return tokens;
  }
}
