package io.sidestream.model.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ExpectedAnswersTest {
  private static final String EMOJI = "\uD83C\uDFAC";

  /** Half a character is written to the manifest as another one. */
  @Test
  void query_characterOfTwoUnitsAtTheLimit_isLeftOutWhole() {
    assertEquals("a".repeat(63), ExpectedAnswers.query("a".repeat(63) + EMOJI + "b"));
    assertEquals("a".repeat(63), ExpectedAnswers.query("a".repeat(63) + EMOJI));
    assertEquals("a".repeat(62) + EMOJI, ExpectedAnswers.query("a".repeat(62) + EMOJI + "b"));
    assertEquals("a".repeat(64), ExpectedAnswers.query("a".repeat(64) + EMOJI));
    assertEquals("short", ExpectedAnswers.query(" short "));
  }
}
