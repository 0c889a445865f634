package io.sidestream.experiments.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.model.terms.Spelling;
import io.sidestream.model.terms.TermIndex;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TypingErrorsTest {
  private static final String QUERY = "a Dream of 12 ships";

  @Test
  void in_aQuery_makesOneErrorThatCanBeReadBack() {
    Spelling spelling =
        Spelling.of(List.of(TermIndex.of(1, List.of(new TermIndex.Text(QUERY, 0, 1)))));
    int changed = 0;
    for (int seed = 0; seed < 200; seed++) {
      String typed = TypingErrors.in(QUERY, new Random(seed));
      Spelling.Reading read = spelling.read(typed, word -> false);
      if (!typed.equalsIgnoreCase(QUERY)) {
        changed++;
        boolean isTooShort = typed.matches("a \\p{L}{3} of .*|.* \\p{L}{3}");
        assertTrue(isTooShort || read.query().equalsIgnoreCase(QUERY), typed);
      }
    }
    assertTrue(changed > 180, "only " + changed + " of 200 queries changed");
  }

  @Test
  void in_oneSeed_isTheSameError() {
    assertEquals(TypingErrors.in(QUERY, new Random(7)), TypingErrors.in(QUERY, new Random(7)));
  }

  @Test
  void in_aQueryOfShortWords_changesNothing() {
    assertEquals("war 1944 sea", TypingErrors.in("war 1944 sea", new Random(1)));
  }
}
