package io.sidestream.experiments.shipped;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.model.answers.RankingWeights;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RankingPartsTest {
  private static final RankingWeights TUNED = new RankingWeights(1, 10, 0.4, 0.05, 0.02, 20);

  @Test
  void of_tuned_eachLacksWhatItsNameSays() {
    Map<String, RankingWeights> parts = RankingParts.of(TUNED);
    assertEquals(TUNED, parts.get(RankingParts.ALL));
    assertPart(parts, RankingParts.WITHOUT_GENERATOR, 0, 10, 0.4, 0.02, 20);
    assertPart(parts, RankingParts.WITHOUT_VECTORS, 1, 0, 0.4, 0.02, 20);
    assertPart(parts, RankingParts.WITHOUT_POPULARITY, 1, 10, 0, 0.02, 20);
    assertPart(parts, RankingParts.WITHOUT_PAST_SEARCHES, 1, 10, 0.4, 0.02, 0);
    assertPart(parts, RankingParts.WITHOUT_FRESH, 1, 10, 0.4, 0, 20);
    assertPart(parts, RankingParts.GENERATOR, 1, 0, 0, 0, 0);
    assertPart(parts, RankingParts.VECTORS, 0, 1, 0, 0, 0);
    assertPart(parts, RankingParts.PAST_SEARCHES, 0, 0, 0, 0, 1);
    assertEquals(9, parts.size());
  }

  private static void assertPart(
      Map<String, RankingWeights> parts,
      String name,
      double generator,
      double dense,
      double popularity,
      double fresh,
      double past) {
    assertEquals(
        new RankingWeights(generator, dense, popularity, 0.05, fresh, past), parts.get(name));
  }
}
