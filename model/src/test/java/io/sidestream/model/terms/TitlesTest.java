package io.sidestream.model.terms;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TitlesTest {
  private static final Titles TITLES =
      new Titles(List.of("Heat (1995)", "Matrix, The (1999)", "Heat (1986)", "(2010)", "", "1984"));

  @Test
  void rows_titleInAnySpelling_areTheItemsOfThatTitle() {
    assertArrayEquals(new int[] {0, 2}, rows("  HEAT "));
    assertArrayEquals(new int[] {0}, rows("heat 1995"));
    assertArrayEquals(new int[] {1}, rows("the matrix"));
    assertArrayEquals(new int[] {1}, rows("The Matrix (1999)"));
    assertArrayEquals(new int[] {5}, rows("1984"));
    assertArrayEquals(new int[] {3}, rows("2010"));
  }

  @Test
  void matches_bracketsAtTheEnd_mayBeLeftOutHoweverManyThereAre() {
    assertTrue(Titles.matches("heat", "Heat (uncut) （1995） "));
    assertTrue(Titles.matches("heat (uncut", "Heat (uncut (1995)"));
    assertFalse(Titles.matches("heat", "Heat (the (first))"));
    assertFalse(Titles.matches("heat", "Heat 1995)"));
    assertTrue(Titles.matches("heat", "Heat" + "(1)".repeat(20_000)), "no stack is used up");
  }

  @Test
  void matches_otherScripts_inAnyCaseAndWidth() {
    assertTrue(Titles.matches("東京物語", "東京物語（1953）"));
    assertTrue(Titles.matches("сталкер", "СТАЛКЕР (1979)"));
    assertTrue(Titles.matches("ｱｷﾗ", "アキラ"));
    assertFalse(Titles.matches("物語", "東京物語"));
  }

  private static int[] rows(String query) {
    return TITLES.rows(new Titles.Query(query));
  }

  @Test
  void rows_partOfATitleOrMore_areNone() {
    for (String query : List.of("matrix", "heat the", "heat 1996", "", "...", "heat heat")) {
      assertArrayEquals(new int[0], rows(query), query);
    }
  }

  @Test
  void matches_eachTitle_agreesWithRows() {
    for (String query : List.of("heat", "the matrix", "1984", "2010", "", "?!")) {
      for (int row = 0; row < TITLES.all().size(); row++) {
        int at = row;
        boolean found = IntStream.of(rows(query)).anyMatch(r -> r == at);
        assertEquals(found, Titles.matches(query, TITLES.all().get(row)), query + " " + row);
      }
    }
  }
}
