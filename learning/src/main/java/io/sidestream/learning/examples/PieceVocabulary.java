package io.sidestream.learning.examples;

import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.GeneratorVocabulary;
import io.sidestream.model.text.TextTokenizer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Chooses the word pieces with their own token: those that are frequent enough in queries. */
public final class PieceVocabulary {
  /** Maximum number of word pieces; the most frequent when there are more. */
  static final int MAX = 20_000;

  /** A piece that occurs once is mapped to the unknown token. */
  static final int MIN_USES = 2;

  private PieceVocabulary() {}

  /** The vocabulary for these queries. */
  public static GeneratorVocabulary of(
      List<String> queries, TextTokenizer tokenizer, CodebookShape shape) {
    Map<Integer, Integer> uses = new HashMap<>();
    for (String query : queries) {
      for (long piece : tokenizer.encodeBare(query)) {
        uses.merge((int) piece, 1, Integer::sum);
      }
    }
    int[] chosen =
        uses.entrySet().stream()
            .filter(entry -> entry.getValue() >= MIN_USES)
            .sorted(
                Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(MAX)
            .mapToInt(Map.Entry::getKey)
            .sorted()
            .toArray();
    return new GeneratorVocabulary(chosen, shape);
  }
}
