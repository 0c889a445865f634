package io.sidestream.model.terms;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.schemas.ItemWords;
import io.sidestream.schemas.NormalizedQuery;
import io.sidestream.schemas.Search;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TermIndexTest {
  private static final double TOLERANCE = 1e-6; // weights are floats

  @Test
  void scores_twoWords_areTheFormula() {
    // Lengths 3, 2, 1, none: 3 items were found, their mean length is 2.
    TermIndex past =
        TermIndex.of(
            4,
            List.of(
                new TermIndex.Text("red car", 0, 1),
                new TermIndex.Text("car", 0, 1),
                new TermIndex.Text("red", 1, 2),
                new TermIndex.Text("boat", 2, 1)));
    double red = Math.log(1 + 1.5 / 2.5); // 2 of 3 items
    double boat = Math.log(1 + 2.5 / 1.5); // 1 of 3
    double[] scores = past.scores("Red  BOAT!");
    assertEquals(red * (1 / (1 + 1.2 * (0.25 + 0.75 * 1.5))) / (red + boat), scores[0], TOLERANCE);
    assertEquals(red * (2 / (2 + 1.2)) / (red + boat), scores[1], TOLERANCE);
    assertEquals(boat * (1 / (1 + 1.2 * (0.25 + 0.75 * 0.5))) / (red + boat), scores[2], TOLERANCE);
    assertEquals(0, scores[3]);
  }

  @Test
  void scores_wordThatNoSearchHad_countsBelowTheLine() {
    TermIndex past = TermIndex.of(1, List.of(new TermIndex.Text("red", 0, 1)));
    double known = Math.log(1 + 0.5 / 1.5);
    double unknown = Math.log(1 + 1.5 / 0.5);
    assertEquals(1 / 2.2, past.scores("red")[0], TOLERANCE);
    assertEquals(known / (known + unknown) / 2.2, past.scores("red unheard")[0], TOLERANCE);
  }

  @Test
  void scores_termOfMoreItemsThanArePosted_areSharesAllTheSame() {
    int items = 3 * TermIndex.MAX_POSTINGS;
    List<TermIndex.Text> found = new ArrayList<>();
    for (int item = 0; item < items; item++) {
      found.add(new TermIndex.Text("shoes", item, 1));
    }
    IntStream.range(0, 7_000).forEach(item -> found.add(new TermIndex.Text("red", item, 1)));
    double[] scores = TermIndex.of(items, found).scores("red shoes");

    double best = Arrays.stream(scores).max().orElseThrow();
    double least = Arrays.stream(scores).min().orElseThrow();
    assertTrue(least >= 0 && best <= 1, () -> "scores are %s to %s".formatted(least, best));
    assertTrue(scores[6_999] > 0.1 && scores[items - 1] < 0.1, Arrays.toString(scores));
  }

  @Test
  void scores_randomWorlds_equalTheFormulaItemByItem() {
    long seed = System.nanoTime();
    System.out.println("scores_randomWorlds_equalTheFormulaItemByItem seed " + seed);
    Random random = new Random(seed);
    for (int world = 0; world < 60; world++) {
      int items = 1 + random.nextInt(12);
      List<TermIndex.Text> found = new ArrayList<>();
      for (int i = random.nextInt(30); i > 0; i--) {
        found.add(new TermIndex.Text(query(random), random.nextInt(items), 1 + random.nextInt(4)));
      }
      TermIndex past = TermIndex.of(items, found);
      for (int i = 0; i < 20; i++) {
        String query = query(random);
        double[] scores = past.scores(query);
        for (int item = 0; item < items; item++) {
          assertEquals(reference(found, query, item), scores[item], TOLERANCE);
          assertTrue(scores[item] >= 0 && scores[item] <= 1);
        }
      }
    }
  }

  private static String query(Random random) {
    return random
        .ints(1 + random.nextInt(5), 'a', 'j')
        .mapToObj(Character::toString)
        .collect(Collectors.joining(random.nextBoolean() ? " " : " - "));
  }

  private static double reference(List<TermIndex.Text> found, String query, int item) {
    Map<Integer, Double> lengths = new HashMap<>();
    found.forEach(
        one -> lengths.merge(one.item(), words(one.text()).size() * times(one), Double::sum));
    double mean = lengths.values().stream().mapToDouble(Double::doubleValue).average().orElse(1);
    double score = 0;
    double best = 0;
    for (String word : new HashSet<>(words(query))) {
      Set<Integer> having = new HashSet<>();
      double tf = 0;
      for (TermIndex.Text one : found) {
        int often = Collections.frequency(words(one.text()), word);
        if (often > 0) {
          having.add(one.item());
        }
        tf += one.item() == item ? often * times(one) : 0;
      }
      double idf = Math.log(1 + (lengths.size() - having.size() + 0.5) / (having.size() + 0.5));
      best += idf;
      double length = lengths.getOrDefault(item, 0.0) / mean;
      score += tf == 0 ? 0 : idf * tf / (tf + 1.2 * (1 - 0.75 + 0.75 * length));
    }
    return score / best;
  }

  private static List<String> words(String query) {
    return List.of(query.split("[ -]+"));
  }

  private static double times(TermIndex.Text found) {
    return found.count();
  }

  @Test
  void of_anyOrderAndSplitCounts_isTheSame() {
    List<TermIndex.Text> found =
        new ArrayList<>(
            List.of(
                new TermIndex.Text("a b", 0, 2),
                new TermIndex.Text("b c", 1, 1),
                new TermIndex.Text("c", 2, 5),
                new TermIndex.Text("a", 2, 1)));
    TermIndex one = TermIndex.of(3, found);
    found.set(2, new TermIndex.Text("c", 2, 2));
    found.add(new TermIndex.Text("C!", 2, 3));
    Collections.shuffle(found, new Random(4));
    TermIndex other = TermIndex.of(3, found);
    assertEquals(one.terms(), other.terms());
    assertArrayEquals(one.starts(), other.starts());
    assertArrayEquals(one.rows(), other.rows());
    assertArrayEquals(one.weights(), other.weights());
    assertArrayEquals(one.scores("a b c"), one.scores("c b a a"));
  }

  @Test
  void words_typedInAnyWay_areRunsOfLettersAndDigits() {
    assertEquals(List.of("blade", "runner", "2049"), Terms.all("  Blade-RUNNER\t(2049)!"));
    assertEquals(List.of("don", "t"), Terms.all("don't"));
    assertEquals(List.of("strasse", "fi"), Terms.all("STRASSE \ufb01"));
    assertEquals(List.of("\u6f22\u5b57", "7"), Terms.all("\u6f22\u5b57\u3002\u2466"));
    assertEquals(List.of("1"), Terms.all("\ud835\udfd9")); // a digit outside the first plane
    assertEquals(List.of("\ud800\udf30x"), Terms.all("\ud83c\udfac\ud800\udf30x\ud83c\udfac"));
    for (String none :
        List.of("", " \n", "\ud83c\udfac?!", "\u0000\u200b", "\ud800", "\udc00 \ud800")) {
      assertEquals(List.of(), Terms.all(none));
    }
  }

  @Test
  void words_scriptsWithoutBlanks_arePairsOfCharacters() {
    assertEquals(List.of("東京", "京物", "物語"), Terms.all("東京物語"));
    assertEquals(List.of("スタ", "ター", "ーウ", "ウォ"), Terms.all("スターウォ"));
    assertEquals(List.of("영화", "화를"), Terms.all("영화를"));
    assertEquals(List.of("heat", "映画", "1995", "愛"), Terms.all("HEAT映画1995 愛!"));
    assertEquals(List.of("𠮷野", "野家"), Terms.all("𠮷野家"));
    assertEquals(List.of("หนั", "นัง"), Terms.all("หนัง")); // a vowel above is a mark
  }

  @Test
  void words_withMarks_stayWhole() {
    assertEquals(List.of("हिन्दी", "फिल्म"), Terms.all("हिन्दी फिल्म"));
    assertEquals(List.of("عَرَبِيّ"), Terms.all("عَرَبِيّ"));
    assertEquals(List.of("istanbul"), Terms.all("İSTANBUL"));
    assertEquals(List.of("привет", "мир"), Terms.all("ПРИВЕТ, мир!"));
    assertEquals(List.of("café"), Terms.all("CAFE\u0301"));
    assertEquals(List.of(), Terms.all("\u0301 \u093f"));
  }

  @Test
  void scores_partOfATitleWithoutBlanks_areAboveZero() {
    TermIndex titles =
        TermIndex.of(
            2, List.of(new TermIndex.Text("東京物語", 0, 1), new TermIndex.Text("大阪物語", 1, 1)));
    double[] scores = titles.scores("東京の映画");
    assertTrue(scores[0] > 0, "score " + scores[0]);
    assertEquals(0, scores[1]);
  }

  @Test
  void scores_queryWithoutWords_areAllZero() {
    TermIndex past =
        TermIndex.of(2, List.of(new TermIndex.Text("a", 0, 1), new TermIndex.Text("?!", 1, 1)));
    assertArrayEquals(new double[2], past.scores("... \ud800 \u0000"));
    assertArrayEquals(new double[2], past.scores(""));
    assertEquals(List.of("a"), past.terms());
  }

  @Test
  void scores_noSearches_areAllZero() {
    TermIndex none = TermIndex.of(3, List.of());
    assertEquals(List.of(), none.terms());
    assertArrayEquals(new double[3], none.scores("anything"));
    assertArrayEquals(new double[0], TermIndex.of(0, List.of()).scores("anything"));
  }

  @Test
  void scores_moreWordsThanTheLimit_countTheFirst() {
    TermIndex past = TermIndex.of(1, List.of(new TermIndex.Text("known", 0, 1)));
    String within = fillers(TermIndex.MAX_QUERY_TERMS - 1) + " known";
    String beyond = fillers(TermIndex.MAX_QUERY_TERMS) + " known";
    assertTrue(NormalizedQuery.of(beyond).length() <= Search.MAX_QUERY);
    assertTrue(past.scores(within)[0] > 0);
    assertEquals(0, past.scores(beyond)[0]);
    assertTrue(past.scores("twice ".repeat(TermIndex.MAX_QUERY_TERMS) + "known")[0] > 0);
  }

  private static String fillers(int words) {
    return IntStream.range(0, words).mapToObj(i -> "f" + i).collect(Collectors.joining(" "));
  }

  @Test
  void scores_moreItemsOfAWordThanTheLimit_areThoseOfHighestWeight() {
    int items = TermIndex.MAX_POSTINGS + 2;
    List<TermIndex.Text> found = new ArrayList<>();
    for (int item = 0; item < items; item++) {
      found.add(new TermIndex.Text("word", item, item == items - 1 ? 2 : 1));
    }
    double[] scores = TermIndex.of(items, found).scores("word");
    assertTrue(scores[items - 1] > 0);
    assertTrue(scores[TermIndex.MAX_POSTINGS - 2] > 0);
    assertEquals(0, scores[TermIndex.MAX_POSTINGS - 1]);
    assertEquals(0, scores[TermIndex.MAX_POSTINGS]);
  }

  @Test
  void of_itemThatIsNotThere_isRefused() {
    assertMessage(
        "a text is of item 2 of 2", () -> TermIndex.of(2, List.of(new TermIndex.Text("a", 2, 1))));
    assertMessage(
        "item 0 has a text 0 times, expected 1 or more", () -> new TermIndex.Text("a", 0, 0));
    assertMessage(
        "item -1 has a text 1 times, expected 1 or more", () -> new TermIndex.Text("a", -1, 1));
  }

  @Test
  void construct_columnsThatDoNotFit_sayWhy() {
    List<String> words = List.of("a", "b");
    int[] starts = {0, 1, 3};
    int[] rows = {1, 0, 1};
    float[] weights = {0.5f, 0.5f, 0.25f};
    assertEquals(words, index(2, words, starts, rows, weights).terms());
    assertMessage(
        "a posting is of item 2 of 2", () -> index(2, words, starts, new int[] {2, 0, 1}, weights));
    assertMessage("term 1 is not sorted", () -> index(2, List.of("b", "b"), starts, rows, weights));
    assertMessage(
        "term 0 has no postings", () -> index(2, words, new int[] {0, 0, 3}, rows, weights));
    assertMessage(
        "2 terms have 2 posting offsets, 3 items, 3 weights, 1 counts",
        () -> index(2, words, new int[] {0, 3}, rows, weights));
    assertMessage(
        "2 terms have 3 posting offsets, 3 items, 2 weights, 2 counts",
        () -> index(2, words, starts, rows, new float[] {1, 1}));
    assertMessage(
        "postings of term 1 are not sorted",
        () -> index(2, words, starts, rows, new float[] {0.5f, 0.25f, 0.5f}));
    assertMessage(
        "item 1 has weight NaN, expected 0 to 1",
        () -> index(2, words, starts, rows, new float[] {Float.NaN, 1, 1}));
  }

  private static TermIndex index(
      int items, List<String> terms, int[] starts, int[] rows, float[] weights) {
    int[] itemsWith = new int[starts.length - 1];
    Arrays.setAll(itemsWith, term -> starts[term + 1] - starts[term]);
    return new TermIndex(items, terms, starts, rows, weights, itemsWith, 1);
  }

  @Test
  void construct_moreItemsThanThereAre_isRefused() {
    assertMessage(
        "term 0 is in 3 items, has 1 postings",
        () ->
            new TermIndex(
                2,
                List.of("a"),
                new int[] {0, 1},
                new int[] {0},
                new float[] {1},
                new int[] {3},
                1));
  }

  @Test
  void score_textOutsideTheIndex_isThatOfTheSameTextInside() {
    List<ItemWords> items =
        List.of(
            new ItemWords("Red car", "a red car that is fast"),
            new ItemWords("Boat", "a boat and a car"),
            new ItemWords("Nothing", ""));
    ItemTexts texts = ItemTexts.of(items);
    for (String query : List.of("red car", "boat", "unheard car", "a")) {
      double[] inside = texts.terms().scores(query);
      for (int row = 0; row < inside.length; row++) {
        double outside = texts.terms().query(query).score(ItemTexts.counts(items.get(row)));
        assertEquals(inside[row], outside, TOLERANCE, query + " " + row);
      }
    }
  }

  private static void assertMessage(String message, Runnable call) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call::run);
    assertEquals(message, e.getMessage());
  }
}
