package io.sidestream.model.ranking;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.RankedItem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Prompts with their answers, which every process that serves a generation must reproduce. */
public final class ExpectedAnswers {
  /*
   * Answers are of the corpus alone, without transitions: those are counted on. An item may miss
   * where another has its score but for rounding, so scores are compared place by place, and items
   * where they are in both answers.
   */

  /** Largest difference of scores, relative above 1: far above rounding, also on a GPU. */
  static final double TOLERANCE = 0.01;

  private static final int MAX_QUERY = 64;
  private static final int ITEMS = 10;
  private static final int HISTORIES = 4;
  private static final int HISTORY_ITEMS = 5;

  private ExpectedAnswers() {}

  /**
   * Answers of a generation.
   *
   * @param texts of the searches, cut where they are long
   * @param answering without transitions
   * @param catalogue of the corpus, at least one item
   */
  public static List<Manifest.ExpectedAnswer> of(
      List<String> texts, Retriever answering, Catalogue catalogue) {
    List<Manifest.ExpectedAnswer> answers = new ArrayList<>();
    for (String text : texts) {
      answers.add(answer(Optional.of(query(text)), List.of(), answering, catalogue));
    }
    for (int history = 0; history < HISTORIES; history++) {
      answers.add(answer(Optional.empty(), history(history, catalogue), answering, catalogue));
    }
    return answers;
  }

  /** The beginning of a text, which splits no character. */
  static String query(String text) {
    int end = Math.min(text.length(), MAX_QUERY);
    boolean splits =
        end < text.length() && Character.isSurrogatePair(text.charAt(end - 1), text.charAt(end));
    return text.substring(0, splits ? end - 1 : end).strip();
  }

  /** Items evenly spread over the catalogue, other ones for each number. */
  private static List<String> history(int number, Catalogue catalogue) {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < HISTORY_ITEMS; i++) {
      long at = (long) i * HISTORIES + number;
      int row = (int) (at * catalogue.size() / (HISTORIES * HISTORY_ITEMS));
      items.add(catalogue.item(row).value());
    }
    return items.stream().distinct().toList();
  }

  private static Manifest.ExpectedAnswer answer(
      Optional<String> query, List<String> history, Retriever answering, Catalogue catalogue) {
    List<RankedItem> items = answering.answer(prompt(query, history, ITEMS), catalogue).items();
    return new Manifest.ExpectedAnswer(
        query,
        history,
        items.stream()
            .map(item -> new Manifest.ExpectedItem(item.item().value(), codes(item), item.score()))
            .toList());
  }

  private static List<Integer> codes(RankedItem item) {
    return Arrays.stream(item.id().codes()).boxed().toList();
  }

  private static Prompt prompt(Optional<String> query, List<String> history, int k) {
    return query
        .<Prompt>map(text -> new Prompt.ForSearch(text, k, Set.of(), Optional.empty()))
        .orElseGet(
            () ->
                new Prompt.ForRecommendation(
                    history.stream().map(ItemId::new).toList(),
                    true,
                    k,
                    Set.of(),
                    Optional.empty()));
  }

  /**
   * Answers the prompts of a manifest again.
   *
   * @param catalogue of the corpus
   * @throws IllegalArgumentException when an answer is another one
   */
  public static void verify(OpenGeneration open, Catalogue catalogue) {
    Retriever answering = new Retriever(open, Neighbours.NONE);
    open.manifest()
        .expected()
        .ifPresent(
            expected -> expected.answers().forEach(answer -> verify(answer, answering, catalogue)));
  }

  private static void verify(
      Manifest.ExpectedAnswer expected, Retriever answering, Catalogue catalogue) {
    Prompt prompt = prompt(expected.query(), expected.history(), expected.items().size());
    List<RankedItem> found = answering.answer(prompt, catalogue).items();
    check(
        found.size() == expected.items().size(),
        "%s is answered with %d items, manifest says %d",
        name(expected),
        found.size(),
        expected.items().size());
    Map<String, RankedItem> byItem = new HashMap<>();
    found.forEach(item -> byItem.put(item.item().value(), item));
    for (int place = 0; place < expected.items().size(); place++) {
      Manifest.ExpectedItem item = expected.items().get(place);
      RankedItem again = byItem.get(item.item());
      check(
          again == null || codes(again).equals(item.codes()),
          "item %s has codes %s, manifest says %s",
          item.item(),
          again == null ? "" : codes(again),
          item.codes());
      requireNear(expected, item, found.get(place).score());
      if (again != null) {
        requireNear(expected, item, again.score());
      }
    }
  }

  private static void requireNear(
      Manifest.ExpectedAnswer answer, Manifest.ExpectedItem item, double found) {
    double limit = TOLERANCE * Math.max(1, Math.abs(item.score()));
    check(
        Math.abs(found - item.score()) <= limit,
        "%s is answered with score %s, manifest says %s for item %s",
        name(answer),
        found,
        item.score(),
        item.item());
  }

  private static String name(Manifest.ExpectedAnswer answer) {
    return answer
        .query()
        .map(query -> "query \"" + query + "\"")
        .orElseGet(() -> "history " + answer.history());
  }
}
