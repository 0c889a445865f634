package io.sidestream.report;

/** The part of a picture inside its two axes, with grid, ticks and the names of the axes. */
record PlotFrame(Scale x, Scale y) {
  static final double BOTTOM = 50;
  static final double TOP = 16;

  private static final double TICK_GAP = 7;
  private static final double NAME = 28; // of an upright axis

  /** How much room an upright axis takes with its name and the labels of its ticks. */
  static double left(Scale y) {
    double widest =
        y.ticks().stream().mapToDouble(tick -> TextWidth.of(y.label(tick))).max().orElse(0);
    return NAME + widest + TICK_GAP;
  }

  Box area() {
    return new Box(x.from(), y.to(), x.to(), y.from());
  }

  /** The grid, ticks and names; drawn first, below all else. */
  void draw(Svg svg, Axis xAxis, Axis yAxis) {
    for (double tick : x.ticks()) {
      svg.line("grid", x.at(tick), y.to(), x.at(tick), y.from());
      svg.text("tick", Svg.Anchor.MIDDLE, x.at(tick), y.from() + 18, x.label(tick));
    }
    yTicks(svg);
    svg.line("axis", x.from(), y.from(), x.to(), y.from());
    svg.line("axis", x.from(), y.from(), x.from(), y.to());
    names(svg, xAxis, yAxis);
  }

  /** The grid and ticks of the upright axis alone. */
  void yTicks(Svg svg) {
    for (double tick : y.ticks()) {
      svg.line("grid", x.from(), y.at(tick), x.to(), y.at(tick));
      svg.text("tick", Svg.Anchor.END, x.from() - TICK_GAP, y.at(tick) + 4, y.label(tick));
    }
  }

  /** The names of the axes, each with an arrow to its good end. */
  void names(Svg svg, Axis xAxis, Axis yAxis) {
    double middle = (x.from() + x.to()) / 2;
    svg.text("axisname", Svg.Anchor.MIDDLE, middle, y.from() + 40, named(xAxis));
    svg.uprightText("axisname", 14, (y.from() + y.to()) / 2, named(yAxis));
  }

  static String named(Axis axis) {
    return switch (axis.better()) {
      case HIGHER -> axis.label() + " →";
      case LOWER -> "← " + axis.label();
      case NEITHER -> axis.label();
    };
  }
}
