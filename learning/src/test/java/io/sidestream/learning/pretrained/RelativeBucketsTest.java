package io.sidestream.learning.pretrained;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class RelativeBucketsTest {
  @Test
  void buckets_distancesUpTo300_areThoseOfTransformers() {
    JsonNode golden = Golden.json("buckets.json");
    for (JsonNode expected : golden.get("cases")) {
      RelativeBuckets buckets =
          new RelativeBuckets(
              expected.get("buckets").asInt(), expected.get("max_distance").asInt());
      boolean both = expected.get("both").asBoolean();
      int distance = golden.get("first").asInt();
      for (int bucket : Golden.ints(expected.get("found"))) {
        assertEquals(
            bucket,
            both ? buckets.both(distance) : buckets.causal(distance),
            buckets + " at " + distance);
        distance++;
      }
    }
  }
}
