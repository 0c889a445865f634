package io.sidestream.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpaceTest {
  @Test
  void ofVectors_fewerThanAsked_keepsAllInOrder() {
    Map<String, float[][]> groups = groups(30, 10);

    Space space = Space.ofVectors("space", "", groups, 40, 1);

    assertEquals(30, space.groups().get(0).points().size());
    assertEquals(10, space.groups().get(1).points().size());
  }

  @Test
  void ofVectors_moreThanAsked_drawsInProportionAndSomeOfEach() {
    Space space = Space.ofVectors("space", "", groups(9_000, 2), 1_002, 1);

    assertEquals(999, space.groups().get(0).points().size());
    assertEquals(1, space.groups().get(1).points().size());
  }

  @Test
  void ofVectors_sameSeed_drawsTheSame() {
    Map<String, float[][]> groups = groups(300, 100);
    Space one = Space.ofVectors("space", "", groups, 50, 1);

    assertEquals(one, Space.ofVectors("space", "", groups, 50, 1));
    assertNotEquals(one, Space.ofVectors("space", "", groups, 50, 2));
  }

  @Test
  void space_moreThanMaxPoints_isRefused() {
    assertEquals(
        ReportLimits.MAX_SPACE_POINTS, points(ReportLimits.MAX_SPACE_POINTS).points().size());
    new Space("space", "", List.of(points(ReportLimits.MAX_SPACE_POINTS)));

    List<Space.Group> over = List.of(points(ReportLimits.MAX_SPACE_POINTS + 1));
    assertThrows(IllegalArgumentException.class, () -> new Space("space", "", over));
  }

  private static Space.Group points(int count) {
    return new Space.Group("points", Collections.nCopies(count, new Point(1, 2)));
  }

  private static Map<String, float[][]> groups(int one, int other) {
    Random random = new Random(9);
    Map<String, float[][]> groups = new LinkedHashMap<>();
    groups.put("one", vectors(one, random));
    groups.put("other", vectors(other, random));
    return groups;
  }

  private static float[][] vectors(int count, Random random) {
    float[][] vectors = new float[count][4];
    for (float[] vector : vectors) {
      for (int d = 0; d < vector.length; d++) {
        vector[d] = random.nextFloat();
      }
    }
    return vectors;
  }
}
