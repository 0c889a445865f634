package io.sidestream.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TruncationTest {
  @ParameterizedTest
  @CsvSource({"abc, 3, abc", "abc, 2, ab", "a😀b, 2, a", "a😀b, 3, a😀", "a😀b, 4, a😀b"})
  void of_text_isItsLongestBeginningOfWholeCharacters(String text, int most, String expected) {
    assertEquals(expected, Truncation.of(text, most));
  }
}
