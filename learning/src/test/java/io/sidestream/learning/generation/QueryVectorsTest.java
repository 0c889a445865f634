package io.sidestream.learning.generation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueryVectorsTest {
  private static final float[] OF_POOL = {0.6f, 0.8f};

  private final List<String> encoded = new ArrayList<>();
  private final QueryVectors vectors =
      new QueryVectors(
          query -> {
            encoded.add(query);
            return new float[] {query.length(), 0};
          },
          List.of("space"),
          new float[][] {OF_POOL});

  @Test
  void query_ofThePool_isNotEncoded() {
    assertArrayEquals(OF_POOL, vectors.apply("space"));
    assertEquals(List.of(), encoded);
  }

  @Test
  void query_askedAgain_isEncodedOnce() {
    for (int time : IntStream.range(0, 3).toArray()) {
      assertArrayEquals(new float[] {6, 0}, vectors.apply("heists"), "time " + time);
      assertArrayEquals(new float[] {4, 0}, vectors.apply("noir"), "time " + time);
    }
    assertEquals(List.of("heists", "noir"), encoded);
  }
}
