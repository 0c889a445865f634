package io.sidestream.model.generator;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.text.TextTokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Writes prompts as tokens: a task's marker, then what fits. */
public record PromptTokens(
    GeneratorVocabulary vocabulary, TextTokenizer tokenizer, int maxTokens, TaskMarker marking) {
  public PromptTokens {
    int most = maxTokens - vocabulary.end().length;
    check(
        most >= vocabulary.beginning(Task.RECOMMENDATION).length + vocabulary.shape().levels()
            && most > vocabulary.beginning(Task.SEARCH).length,
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
    int pieces = Math.min(ids.length, room(Task.SEARCH));
    return framed(
        Task.SEARCH, IntStream.range(0, pieces).map(i -> vocabulary.piece(ids[i])).toArray());
  }

  /**
   * The marker, then the IDs of the newest items that fit, oldest first.
   *
   * @param codesOldestFirst shape [item][level]
   */
  public int[] recommendation(List<int[]> codesOldestFirst) {
    int levels = vocabulary.shape().levels();
    int items = Math.min(codesOldestFirst.size(), maxItems());
    int[] tokens = new int[items * levels];
    int at = 0;
    for (int[] codes :
        codesOldestFirst.subList(codesOldestFirst.size() - items, codesOldestFirst.size())) {
      for (int level = 0; level < levels; level++) {
        tokens[at++] = vocabulary.code(level, codes[level]);
      }
    }
    return framed(Task.RECOMMENDATION, tokens);
  }

  /** Most items of a history that fit. */
  public int maxItems() {
    return room(Task.RECOMMENDATION) / vocabulary.shape().levels();
  }

  private int room(Task task) {
    return maxTokens - vocabulary.beginning(marking.marked(task)).length - vocabulary.end().length;
  }

  private int[] framed(Task task, int[] tokens) {
    return Stream.of(vocabulary.beginning(marking.marked(task)), tokens, vocabulary.end())
        .flatMapToInt(Arrays::stream)
        .toArray();
  }
}
