package io.sidestream.learning.decoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.sidestream.learning.pretrained.Golden;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FinishedSequencesTest {
  @Test
  void add_sequencesAsGoodAsOthers_keepsWhatTransformersKeeps() {
    for (JsonNode expected : Golden.json("finished.json")) {
      FinishedSequences finished = new FinishedSequences(search(expected));
      for (int at = 0; at < expected.get("adds").size(); at++) {
        JsonNode add = expected.get("adds").get(at);
        int[] tokens = new int[add.get(0).asInt()];
        Arrays.fill(tokens, at);
        finished.add(tokens, (float) add.get(1).asDouble(), 0);
        JsonNode enough = expected.get("enough").get(at);
        assertEquals(
            enough.get(2).asBoolean(),
            finished.enough((float) enough.get(0).asDouble(), enough.get(1).asInt()),
            at + " of " + expected);
        int[] kept = finished.kept().stream().mapToInt(found -> found.tokens()[0]).toArray();
        assertArrayEquals(Golden.ints(expected.get("kept").get(at)), kept, at + " of " + expected);
      }
    }
  }

  private static GroupBeamSearch search(JsonNode expected) {
    return new GroupBeamSearch(
        expected.get("beams").asInt(),
        1,
        0,
        expected.get("length_penalty").asDouble(),
        BeamsOf.stopping(expected.get("early_stopping")),
        expected.get("max_tokens").asInt(),
        1,
        0);
  }
}
