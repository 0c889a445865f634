package io.sidestream.learning.decoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sidestream.learning.decoding.GroupBeamSearch.AllowedTokens;
import io.sidestream.learning.decoding.GroupBeamSearch.GeneratedSequence;
import io.sidestream.learning.decoding.GroupBeamSearch.NextLogits;
import io.sidestream.learning.decoding.GroupBeamSearch.Stopping;
import io.sidestream.learning.pretrained.Golden;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GroupBeamSearchTest {
  private static final GroupBeamSearch PLAIN =
      new GroupBeamSearch(4, 1, 0, 0, Stopping.WHEN_NOT_BETTER_NOW, 2, 1, 0);

  @Test
  void search_madeUpLogits_findsWhatTransformersFinds() {
    int cases = 0;
    for (JsonNode expected : Golden.json("searches.json")) {
      List<GeneratedSequence> found =
          BeamsOf.settings(expected).search(table(expected), AllowedTokens.ANY);
      BeamsOf.assertFound(expected, found, "case " + cases++);
    }
    assertEquals(80, cases);
  }

  /** Logits by how many tokens there are and which came last, the start being token 0. */
  private static NextLogits table(JsonNode expected) {
    int vocabulary = expected.get("vocabulary").asInt();
    int[] numbers = Golden.ints(expected.get("table"));
    boolean uniform = expected.get("kind").asText().equals("uniform");
    return prefixes -> {
      float[][] logits = new float[prefixes.size()][vocabulary];
      for (int row = 0; row < logits.length; row++) {
        int[] prefix = prefixes.get(row);
        int last = prefix.length == 0 ? 0 : prefix[prefix.length - 1];
        for (int token = 0; token < vocabulary; token++) {
          int number = numbers[(prefix.length * vocabulary + last) * vocabulary + token];
          logits[row][token] = uniform ? number == 0 ? -1e4f : 0 : number / 8f;
        }
      }
      return logits;
    };
  }

  @Test
  void search_oneGroupAsWideAsTheTree_findsEverySequenceByProbability() {
    NextLogits model =
        prefixes -> {
          float[][] logits = new float[prefixes.size()][];
          for (int row = 0; row < logits.length; row++) {
            int last = prefixes.get(row).length == 0 ? 0 : prefixes.get(row)[0];
            logits[row] = new float[] {-1e9f, -1e9f, last, 1 + last * .5f};
          }
          return logits;
        };
    List<GeneratedSequence> found = PLAIN.search(model, AllowedTokens.ANY);

    double sum = 0;
    Set<List<Integer>> different = new HashSet<>();
    double before = 0;
    for (GeneratedSequence sequence : found) {
      sum += Math.exp(sequence.logProbability());
      different.add(List.of(sequence.tokens()[0], sequence.tokens()[1]));
      assertTrue(sequence.score() <= before);
      assertEquals(sequence.logProbability(), sequence.score(), 1e-6);
      before = sequence.score();
    }
    assertEquals(1, sum, 1e-6);
    assertEquals(4, different.size());
  }

  @Test
  void search_allowedTokens_noOthersAreWritten() {
    NextLogits model = prefixes -> new float[prefixes.size()][10];
    AllowedTokens allowed =
        (prefix, vocabulary) -> prefix.length == 0 ? new int[] {4, 5} : new int[] {prefix[0] + 2};
    List<int[]> tokens = new ArrayList<>();
    new GroupBeamSearch(4, 2, 0.25, 1, Stopping.AT_ONCE, 2, 1, 0)
        .search(model, allowed)
        .forEach(sequence -> tokens.add(sequence.tokens()));

    assertEquals(4, tokens.size());
    tokens.forEach(found -> assertArrayEquals(new int[] {found[0], found[0] + 2}, found));
  }

  @Test
  void search_penalty_isInTheScoreAndNotInTheProbability() {
    NextLogits model = prefixes -> new float[prefixes.size()][3];
    AllowedTokens one = (prefix, vocabulary) -> new int[] {2};
    List<GeneratedSequence> found =
        new GroupBeamSearch(2, 2, 0.5, 0, Stopping.AT_ONCE, 1, 1, 0).search(model, one);

    assertEquals(-Math.log(3), found.get(0).score(), 1e-6);
    assertEquals(-Math.log(3) - 0.5, found.get(1).score(), 1e-6);
    assertEquals(-Math.log(3), found.get(1).logProbability(), 1e-6);
  }

  @Test
  void search_beamsPastTheLimit_areRefused() {
    int most = GroupBeamSearch.MAX_BEAMS;
    new GroupBeamSearch(most, most, 0.25, 1, Stopping.AT_ONCE, 2, 1, 0);
    assertThrows(
        IllegalArgumentException.class,
        () -> new GroupBeamSearch(most + 1, 1, 0.25, 1, Stopping.AT_ONCE, 2, 1, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new GroupBeamSearch(7, 2, 0.25, 1, Stopping.AT_ONCE, 2, 1, 0));
  }
}
