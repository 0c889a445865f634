package io.sidestream.experiments.baselines;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class Bm25Test {
  private static final double K1 = 1.2;
  private static final double B = 0.75;
  private static final List<String> TEXTS =
      List.of("blue whale sings", "whale hunts squid whale", "old man boat", "boat sinks");

  @Test
  void scores_toyTexts_areThoseByHand() {
    try (Bm25 bm25 = new Bm25(TEXTS)) {
      for (String query : List.of("whale", "blue boat whale", "whale whale squid", "man")) {
        float[] scores = bm25.scores(TinyCases.search(query, 0));
        for (int row = 0; row < scores.length; row++) {
          assertEquals(byHand(query, row), scores[row], 1e-5, query + ", row " + row);
        }
      }
    }
  }

  @Test
  void scores_otherFormsOfAWord_areTheSameWord() {
    try (Bm25 bm25 = new Bm25(TEXTS)) {
      assertArrayEquals(bm25.scores("boats sinking"), bm25.scores("the BOAT sinks"));
    }
  }

  @Test
  void scores_stopWordsAlone_areZero() {
    try (Bm25 bm25 = new Bm25(TEXTS)) {
      assertArrayEquals(new float[4], bm25.scores("the of and"));
    }
  }

  @Test
  void scores_moreTermsThanTheLimit_countTheFirst() {
    String many =
        IntStream.range(0, Bm25.MAX_TERMS).mapToObj(i -> "x" + i).collect(Collectors.joining(" "));
    try (Bm25 bm25 = new Bm25(TEXTS)) {
      assertArrayEquals(new float[4], bm25.scores(many + " whale"));
      assertEquals(bm25.scores("whale")[0], bm25.scores("whale " + many)[0]);
    }
  }

  @Test
  void scores_history_isRefused() {
    try (Bm25 bm25 = new Bm25(TEXTS)) {
      assertThrows(
          IllegalArgumentException.class,
          () -> bm25.scores(TinyCases.recommendation(List.of(1), 0)));
    }
  }

  /** Robertson's formula without its constant factor k1 + 1, which Lucene leaves out. */
  private static double byHand(String query, int row) {
    List<List<String>> documents = TEXTS.stream().map(text -> stems(text)).toList();
    double mean = documents.stream().mapToInt(List::size).average().orElseThrow();
    double score = 0;
    for (String term : new HashSet<>(stems(query))) {
      long holding = documents.stream().filter(document -> document.contains(term)).count();
      double idf = Math.log(1 + (documents.size() - holding + 0.5) / (holding + 0.5));
      double often = count(documents.get(row), term);
      double length = K1 * (1 - B + B * documents.get(row).size() / mean);
      score += count(stems(query), term) * idf * often / (often + length);
    }
    return score;
  }

  /** What the analyzer makes of the few words used here. */
  private static List<String> stems(String text) {
    return Arrays.stream(text.split(" ")).map(word -> word.replaceFirst("s$", "")).toList();
  }

  private static long count(List<String> terms, String term) {
    return terms.stream().filter(term::equals).count();
  }
}
