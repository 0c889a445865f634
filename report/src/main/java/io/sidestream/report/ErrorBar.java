package io.sidestream.report;

/** The path of an error bar: a line with a cap at either end; unit: pixel. */
final class ErrorBar {
  private static final double CAP = 3;

  private ErrorBar() {}

  static String lying(double low, double high, double y) {
    String caps = standingCap(low, y) + standingCap(high, y);
    return caps + move(low, y) + "H" + Svg.px(high);
  }

  static String standing(double low, double high, double x) {
    String caps = lyingCap(x, low) + lyingCap(x, high);
    return caps + move(x, low) + "V" + Svg.px(high);
  }

  private static String standingCap(double x, double y) {
    return move(x, y - CAP) + "v" + Svg.px(2 * CAP);
  }

  private static String lyingCap(double x, double y) {
    return move(x - CAP, y) + "h" + Svg.px(2 * CAP);
  }

  private static String move(double x, double y) {
    return "M" + Svg.px(x) + " " + Svg.px(y);
  }
}
