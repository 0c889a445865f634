package io.sidestream.learning.decoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.sidestream.learning.decoding.GroupBeamSearch.GeneratedSequence;
import io.sidestream.learning.decoding.GroupBeamSearch.Stopping;
import io.sidestream.learning.pretrained.Golden;
import java.util.List;

/** A search of the golden files, and what it should find. */
public final class BeamsOf {
  private BeamsOf() {}

  public static GroupBeamSearch settings(JsonNode search) {
    return new GroupBeamSearch(
        search.get("beams").asInt(),
        search.get("groups").asInt(),
        search.get("diversity_penalty").asDouble(),
        search.get("length_penalty").asDouble(),
        stopping(search.get("early_stopping")),
        search.get("max_tokens").asInt(),
        1,
        0);
  }

  static Stopping stopping(JsonNode early) {
    if (early.isTextual()) {
      return Stopping.WHEN_NEVER_BETTER;
    }
    return early.asBoolean() ? Stopping.AT_ONCE : Stopping.WHEN_NOT_BETTER_NOW;
  }

  /** Sequences the same in the same order, scores to 1e-4. */
  public static void assertFound(JsonNode expected, List<GeneratedSequence> found, String what) {
    assertEquals(expected.get("sequences").size(), found.size(), what);
    for (int i = 0; i < found.size(); i++) {
      double score = expected.get("scores").get(i).asDouble();
      assertEquals(score, found.get(i).score(), 1e-4 * Math.max(1, Math.abs(score)), what);
      int[] tokens = Golden.ints(expected.get("sequences").get(i));
      assertArrayEquals(tokens, found.get(i).tokens(), what + ", sequence " + i);
    }
  }
}
