package io.sidestream.learning.transformer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.sidestream.learning.pretrained.Golden;
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

  @Test
  void buckets_knownDistances_areThoseOfT5() {
    RelativeBuckets buckets = RelativeBuckets.DEFAULT;
    assertEquals(0, buckets.both(0));
    assertEquals(1, buckets.both(-1));
    assertEquals(17, buckets.both(1));
    assertEquals(8, buckets.both(-8));
    assertEquals(15, buckets.both(-128));
    assertEquals(31, buckets.both(10_000));
    assertEquals(0, buckets.causal(3));
    assertEquals(15, buckets.causal(-15));
    assertEquals(31, buckets.causal(-128));
  }
}
