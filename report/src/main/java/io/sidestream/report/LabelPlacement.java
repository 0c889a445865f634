package io.sidestream.report;

import java.util.ArrayList;
import java.util.List;

/** Finds a place for the name of each point, near it and apart from other names and points. */
final class LabelPlacement {
  /*
   * Each label has a place in each of eight directions at each of four distances. It takes the
   * cheapest while the others stand still, in turn, until none moves or the rounds are used up:
   * coordinate descent, which for the few dozen labels of a chart comes close to annealing.
   * Christensen, Marks and Shieber 1995, "An empirical study of algorithms for point-feature label
   * placement".
   */
  private static final int ROUNDS = 12;
  private static final double[] DISTANCES = {3, 12, 24, 40};
  private static final double[][] DIRECTIONS = {
    {1, 0}, {-1, 0}, {1, -1}, {-1, -1}, {1, 1}, {-1, 1}, {0, -1}, {0, 1}
  };
  private static final double HEIGHT = 14;
  private static final double COST_OF_LABEL = 12;
  private static final double COST_OF_POINT = 3;
  private static final double COST_OF_OBSTACLE = 3;
  private static final double COST_OF_LEAVING = 20;
  private static final double COST_OF_DISTANCE = 2;
  private static final double COST_OF_DIRECTION = 1.5;

  /** A point to be named, with the half width of its mark; unit: pixel. */
  record Anchor(String name, double x, double y, double reach) {
    Box box() {
      return Box.around(x, y, reach, reach);
    }
  }

  /** Where a name stands, and how far from its mark. */
  record Label(String name, Box box, double distance) {
    double x() {
      return (box.left() + box.right()) / 2;
    }

    double baseline() {
      return box.bottom() - 3.5;
    }

    /** Whether a line should say what the name belongs to. */
    boolean isFar() {
      return distance > DISTANCES[1] - 1;
    }
  }

  private final List<Anchor> anchors;
  private final List<Box> obstacles;
  private final Box area;
  private final List<Label> labels = new ArrayList<>(); // [anchor]

  private LabelPlacement(List<Anchor> anchors, List<Box> obstacles, Box area) {
    this.anchors = anchors;
    this.obstacles = obstacles;
    this.area = area;
  }

  /** The label of each anchor, in their order, inside the area where that is possible. */
  static List<Label> place(List<Anchor> anchors, List<Box> obstacles, Box area) {
    return new LabelPlacement(anchors, obstacles, area).place();
  }

  private List<Label> place() {
    anchors.forEach(anchor -> labels.add(candidate(anchor, DIRECTIONS[0], DISTANCES[0])));
    for (int round = 0; round < ROUNDS && moveAll(); round++) {}
    return labels;
  }

  private boolean moveAll() {
    boolean moved = false;
    for (int i = 0; i < anchors.size(); i++) {
      Label best = cheapest(i);
      moved |= !best.equals(labels.get(i));
      labels.set(i, best);
    }
    return moved;
  }

  private Label cheapest(int i) {
    Label best = labels.get(i);
    double least = Double.POSITIVE_INFINITY;
    for (double distance : DISTANCES) {
      for (int d = 0; d < DIRECTIONS.length; d++) {
        Label label = candidate(anchors.get(i), DIRECTIONS[d], distance);
        double cost = d * COST_OF_DIRECTION + distance * COST_OF_DISTANCE + cost(i, label.box());
        if (cost < least) {
          least = cost;
          best = label;
        }
      }
    }
    return best;
  }

  private double cost(int own, Box box) {
    double cost = COST_OF_LEAVING * box.outside(area);
    for (int i = 0; i < anchors.size(); i++) {
      cost += COST_OF_POINT * box.overlap(anchors.get(i).box());
      cost += i == own ? 0 : COST_OF_LABEL * box.overlap(labels.get(i).box());
    }
    for (Box obstacle : obstacles) {
      cost += COST_OF_OBSTACLE * box.overlap(obstacle);
    }
    return cost;
  }

  private static Label candidate(Anchor anchor, double[] direction, double distance) {
    double width = TextWidth.of(anchor.name());
    double slant = direction[0] != 0 && direction[1] != 0 ? Math.sqrt(0.5) : 1;
    double away = (anchor.reach() + distance) * slant;
    double x = anchor.x() + direction[0] * (away + width / 2);
    double y = anchor.y() + direction[1] * (away + HEIGHT / 2 * slant);
    return new Label(anchor.name(), Box.around(x, y, width / 2, HEIGHT / 2), distance);
  }
}
