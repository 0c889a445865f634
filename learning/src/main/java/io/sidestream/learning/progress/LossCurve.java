package io.sidestream.learning.progress;

import static io.sidestream.schemas.Checks.check;

import java.util.ArrayList;
import java.util.List;

/** Loss curve of a training: mean losses of a few hundred slices of steps. */
public record LossCurve(List<Point> points) {
  /** No training. */
  public static final LossCurve NONE = new LossCurve(List.of());

  /** Maximum number of points of one run. */
  public static final int MAX_POINTS = 200;

  /**
   * @param step the last of a slice, from 1
   * @param loss mean over the slice
   */
  public record Point(long step, double loss) {}

  public LossCurve {
    points = List.copyOf(points);
  }

  /** The loss at the end; NaN without training. */
  public double last() {
    return points.isEmpty() ? Double.NaN : points.get(points.size() - 1).loss();
  }

  /** This curve and then another, whose steps are counted on from here. */
  public LossCurve then(LossCurve next) {
    long before = points.isEmpty() ? 0 : points.get(points.size() - 1).step();
    List<Point> all = new ArrayList<>(points);
    next.points.forEach(point -> all.add(new Point(before + point.step(), point.loss())));
    return new LossCurve(all);
  }

  /** Records the losses of steps. Not thread-safe. */
  public static final class Recorder {
    private final long total;
    private final List<Point> points = new ArrayList<>();
    private long steps;
    private long slice;
    private double sum;

    /**
     * @param total number of steps
     */
    public Recorder(long total) {
      check(total >= 0, "curve of %d steps", total);
      this.total = total;
    }

    /** The loss of the next step. */
    public void add(double loss) {
      steps++;
      slice++;
      sum += loss;
      if (steps == total || points.size() < steps * MAX_POINTS / total) {
        points.add(new Point(steps, sum / slice));
        slice = 0;
        sum = 0;
      }
    }

    public LossCurve curve() {
      return new LossCurve(points);
    }
  }
}
