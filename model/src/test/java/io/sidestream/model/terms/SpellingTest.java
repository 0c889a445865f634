package io.sidestream.model.terms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpellingTest {
  private final Spelling spelling =
      spelling("the dragon rider", "dragon wagon", "wagon train", "the wagons", "été 1998");

  @Test
  void read_oneError_isTheKnownWord() {
    for (String typed : List.of("dragn", "drragon", "dragen", "rdagon", "dragoon", "dragno")) {
      Spelling.Reading reading = read(typed + " rider");

      assertEquals("dragon rider", reading.query());
      assertEquals(Map.of(typed, "dragon"), reading.words());
      assertEquals(typed + " is read as dragon", reading.toString());
    }
  }

  @Test
  void read_wordsThatAreRightShortOrFar_stayAsTyped() {
    for (String typed :
        List.of("dragon", "The Dragon!", "teh", "1997", "drgn", "unicorn", "", "wagons")) {
      Spelling.Reading reading = read(typed);

      assertTrue(reading.isAsTyped(), typed);
      assertEquals(typed, reading.query());
    }
  }

  @Test
  void read_twoWordsAreAsNear_isTheOneOfMoreTexts() {
    assertEquals("wagon", read("wagonx").query());
    assertEquals("wagon", read("wagor").query());
  }

  @Test
  void read_otherScripts_areLettersToo() {
    Spelling known = spelling("солярис", "amélie", "東京物語", "𠮷野家𠮷野家");
    assertEquals("солярис", known.read("СОЛЯРС", word -> false).query());
    assertEquals("amélie", known.read("amelie", word -> false).query());
    for (String typed : List.of("東京物話", "𠮷野𠮷家", "𠮷𠮷𠮷𠮷")) { // pairs are too short
      assertTrue(known.read(typed, word -> false).isAsTyped(), typed);
    }
  }

  @Test
  void read_capitalsAndPunctuation_keepTheirPlaces() {
    assertEquals("the \"dragon\", (rider)", read("The \"DRAGN\",  (Ridr)").query());
  }

  @Test
  void read_wordKnownElsewhere_staysAsTyped() {
    Spelling.Reading reading = spelling.read("dragn ridr", Set.of("dragn")::contains);

    assertEquals("dragn rider", reading.query());
  }

  @Test
  void read_lettersBeyondAscii_areLetters() {
    assertEquals("drâgon", spelling("drâgon").read("drâgn", word -> false).query());
  }

  @Test
  void read_moreErrorsThanAllowed_readsTheFirstOnes() {
    String letters = "abcdefghijklmnopqrstuvwxyz";
    List<String> words =
        IntStream.range(0, Spelling.MAX_READ + 1)
            .mapToObj(i -> letters.substring(i, i + 4).repeat(2))
            .toList();
    String typed = words.stream().map(word -> word.substring(1)).collect(Collectors.joining(" "));

    Spelling.Reading reading = spelling(String.join(" ", words)).read(typed, word -> false);

    assertEquals(Spelling.MAX_READ, reading.words().size());
    assertTrue(reading.query().endsWith(words.get(Spelling.MAX_READ).substring(1)));
  }

  @Test
  void read_wordsOfTheGreatestLength_areRead_longerOnesAreNot() {
    String longest = "abcdefgh".repeat(Spelling.MAX_LETTERS / 8);

    assertEquals(longest, spelling(longest).read("x" + longest.substring(1), w -> false).query());
    assertTrue(spelling(longest + "i").read(longest, word -> false).isAsTyped());
  }

  @Test
  void read_rareWordOfMoreThanAreKept_staysAsTyped() {
    TermIndex texts =
        TermIndex.of(
            2, List.of(new TermIndex.Text("smith smyth", 0, 1), new TermIndex.Text("smith", 1, 1)));
    Spelling known = Spelling.of(List.of(texts), 1);

    assertTrue(known.read("smyth", word -> false).isAsTyped());
    assertEquals("smith", known.read("smeth", word -> false).query());
  }

  @Test
  void none_readsAllAsTyped() {
    Spelling.Reading reading = Spelling.NONE.read("Dragn", word -> false);

    assertTrue(reading.isAsTyped());
    assertEquals("Dragn", reading.query());
  }

  /** Against a comparison with every known word, by the usual table of edits. */
  @Test
  void read_randomWords_asByComparisonWithAllWords() {
    Random random = new Random(1);
    List<String> known = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      known.add(word(random));
    }
    Spelling ofKnown = spelling(known.toArray(String[]::new));
    for (int i = 0; i < 2_000; i++) {
      String typed = word(random);
      boolean isMistyped =
          !known.contains(typed) && known.stream().anyMatch(word -> edits(typed, word) == 1);

      Spelling.Reading reading = ofKnown.read(typed, word -> false);

      assertEquals(isMistyped, !reading.isAsTyped(), typed);
      assertFalse(isMistyped && edits(typed, reading.query()) != 1, typed);
    }
  }

  private static String word(Random random) {
    return random
        .ints(4 + random.nextInt(3), 'a', 'd' + 1)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  /** Letters left out, added, taken for another and neighbours swapped, the fewest possible. */
  private static int edits(String one, String other) {
    int[][] edits = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        int same = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        edits[i][j] =
            Math.min(edits[i - 1][j - 1] + same, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        if (i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1)) {
          edits[i][j] = Math.min(edits[i][j], 1 + edits[i - 2][j - 2]);
        }
      }
    }
    return edits[one.length()][other.length()];
  }

  private Spelling.Reading read(String query) {
    return spelling.read(query, word -> false);
  }

  private static Spelling spelling(String... texts) {
    List<TermIndex.Text> all = new ArrayList<>();
    for (int row = 0; row < texts.length; row++) {
      all.add(new TermIndex.Text(texts[row], row, 1));
    }
    return Spelling.of(List.of(TermIndex.of(texts.length, all)));
  }
}
