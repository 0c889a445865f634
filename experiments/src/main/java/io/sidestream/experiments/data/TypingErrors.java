package io.sidestream.experiments.data;

import io.sidestream.learning.evaluation.EvaluationCase;
import io.sidestream.learning.evaluation.EvaluationQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Types queries with an error each: in one word of four letters or more a letter is left out,
 * added, taken for another, or swapped with the next one, all alike often. A query without such a
 * word stays as it is.
 */
public final class TypingErrors {
  private static final Pattern WORD = Pattern.compile("\\p{L}{4,}");
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

  private TypingErrors() {}

  /** The same cases, their queries mistyped. */
  public static CaseGroup in(CaseGroup group, RandomGenerator random) {
    List<EvaluationCase> typed = new ArrayList<>();
    for (EvaluationCase one : group.cases()) {
      EvaluationQuery query =
          one.query()
              .fold(
                  right -> new EvaluationQuery.Query(in(right.text(), random)), history -> history);
      typed.add(
          new EvaluationCase(one.user(), query, one.relevant(), one.excluded(), one.exposure()));
    }
    return new CaseGroup(group.name(), group.task(), typed);
  }

  /** A query with one error. */
  static String in(String query, RandomGenerator random) {
    List<MatchResult> words = WORD.matcher(query).results().toList();
    if (words.isEmpty()) {
      return query;
    }
    MatchResult word = words.get(random.nextInt(words.size()));
    return query.substring(0, word.start())
        + inWord(word.group().toLowerCase(Locale.ROOT), random)
        + query.substring(word.end());
  }

  private static String inWord(String word, RandomGenerator random) {
    int at = random.nextInt(word.length() - 1);
    String before = word.substring(0, at);
    char letter = LETTERS.charAt(random.nextInt(LETTERS.length()));
    return switch (random.nextInt(4)) {
      case 0 -> before + word.substring(at + 1);
      case 1 -> before + letter + word.substring(at);
      case 2 -> before + letter + word.substring(at + 1);
      default -> before + word.charAt(at + 1) + word.charAt(at) + word.substring(at + 2);
    };
  }
}
