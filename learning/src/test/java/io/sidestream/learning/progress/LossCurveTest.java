package io.sidestream.learning.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class LossCurveTest {
  @Test
  void recorder_manySteps_givesMeansOfSlices() {
    LossCurve.Recorder recorder = new LossCurve.Recorder(1_000);
    for (int step = 1; step <= 1_000; step++) {
      recorder.add(step);
    }
    LossCurve curve = recorder.curve();

    assertEquals(LossCurve.MAX_POINTS, curve.points().size());
    assertEquals(new LossCurve.Point(5, 3), curve.points().get(0));
    assertEquals(new LossCurve.Point(1_000, 998), curve.points().get(199));
  }

  @Test
  void recorder_fewSteps_givesEach() {
    LossCurve.Recorder recorder = new LossCurve.Recorder(2);
    recorder.add(4);
    recorder.add(2);

    assertEquals(
        List.of(new LossCurve.Point(1, 4), new LossCurve.Point(2, 2)), recorder.curve().points());
    assertEquals(2, recorder.curve().last());
  }

  @Test
  void then_anotherCurve_goesOnCounting() {
    LossCurve one = new LossCurve(List.of(new LossCurve.Point(3, 1)));

    assertEquals(
        List.of(new LossCurve.Point(3, 1), new LossCurve.Point(6, 1)), one.then(one).points());
    assertTrue(Double.isNaN(LossCurve.NONE.last()));
  }
}
