package io.sidestream.report;

/** The path of an error bar: a line with a cap at either end; unit: pixel. */
final class ErrorBar {
  private static final double CAP = 3;

  private ErrorBar() {}

  static String horizontal(double low, double high, double y) {
    String caps = verticalCap(low, y) + verticalCap(high, y);
    return caps + move(low, y) + "H" + Svg.px(high);
  }

  static String vertical(double low, double high, double x) {
    String caps = horizontalCap(x, low) + horizontalCap(x, high);
    return caps + move(x, low) + "V" + Svg.px(high);
  }

  private static String verticalCap(double x, double y) {
    return move(x, y - CAP) + "v" + Svg.px(2 * CAP);
  }

  private static String horizontalCap(double x, double y) {
    return move(x - CAP, y) + "h" + Svg.px(2 * CAP);
  }

  private static String move(double x, double y) {
    return "M" + Svg.px(x) + " " + Svg.px(y);
  }
}
