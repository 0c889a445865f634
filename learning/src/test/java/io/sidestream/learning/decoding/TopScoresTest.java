package io.sidestream.learning.decoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.sidestream.learning.pretrained.Golden;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopScoresTest {
  @Test
  void of_equalScores_comeInTheOrderOfTorch() {
    for (JsonNode expected : Golden.json("top.json")) {
      int[] found = TopScores.of(Golden.floats(expected.get("scores")), expected.get("k").asInt());
      assertArrayEquals(Golden.ints(expected.get("indices")), found, expected.toString());
    }
  }

  @Test
  void of_anyScores_areTheLargestInOrder() {
    SplittableRandom random = new SplittableRandom(4);
    for (int round = 0; round < 300; round++) {
      int k = 1 + random.nextInt(40);
      int values = 1 + random.nextInt(30);
      float[] scores = new float[k + random.nextInt(4_000)];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = random.nextInt(values);
      }
      int[] found = TopScores.of(scores, k);
      float[] sorted = scores.clone();
      Arrays.sort(sorted);
      for (int i = 0; i < k; i++) {
        assertEquals(sorted[sorted.length - 1 - i], scores[found[i]]);
      }
      assertEquals(k, IntStream.of(found).distinct().count());
    }
  }

  @Test
  void of_scoreThatIsNoNumber_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> TopScores.of(new float[] {1, Float.NaN}, 1));
  }
}
