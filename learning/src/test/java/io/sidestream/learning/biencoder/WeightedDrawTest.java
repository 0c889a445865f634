package io.sidestream.learning.biencoder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WeightedDrawTest {
  @Test
  void draw_manyTimes_followsTheWeights() {
    WeightedDraw<Integer> draw = new WeightedDraw<>(List.of(1, 2, 5), weight -> weight);
    List<Integer> drawn = draw.draw(80_000, new SplittableRandom(1));

    assertEquals(10_000, Collections.frequency(drawn, 1), 500);
    assertEquals(20_000, Collections.frequency(drawn, 2), 500);
    assertEquals(50_000, Collections.frequency(drawn, 5), 500);
  }

  @Test
  void draw_fromNothing_isEmpty() {
    WeightedDraw<Integer> draw = new WeightedDraw<>(List.of(), weight -> 1);

    assertEquals(List.of(), draw.draw(5, new SplittableRandom(1)));
  }
}
