package io.sidestream.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An SVG picture under construction; unit: pixel at full size; every text is escaped here. */
final class Svg {
  /** Where a text stands relative to its x. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  private final StringBuilder out = new StringBuilder();
  private final double width;
  private final double height;

  Svg(double width, double height) {
    this.width = width;
    this.height = height;
  }

  double height() {
    return height;
  }

  /** A length with one decimal, none where it is whole. */
  static String px(double length) {
    long tenths = Math.round(length * 10);
    String sign = tenths < 0 ? "-" : "";
    long size = Math.abs(tenths);
    return sign + size / 10 + (size % 10 == 0 ? "" : "." + size % 10);
  }

  void line(String classes, double x1, double y1, double x2, double y2) {
    path(classes, "M" + px(x1) + " " + px(y1) + "L" + px(x2) + " " + px(y2));
  }

  void path(String classes, String path) {
    out.append(String.format(Locale.ROOT, "<path class=\"%s\" d=\"%s\"/>\n", classes, path));
  }

  /** The path of straight lines through points. */
  static String polyline(List<Point> points) {
    return points.stream()
        .map(point -> px(point.x()) + " " + px(point.y()))
        .collect(Collectors.joining("L", "M", ""));
  }

  /** A path that says something when it is pointed at. */
  void path(String classes, String path, String hover) {
    out.append(
        String.format(
            Locale.ROOT,
            "<path class=\"%s\" d=\"%s\"><title>%s</title></path>\n",
            classes,
            path,
            Html.escape(hover)));
  }

  void rectangle(String classes, double x, double y, double w, double h, String hover) {
    String path = "M" + px(x) + " " + px(y) + "h" + px(w) + "v" + px(h) + "h" + px(-w) + "z";
    path(classes, path, hover);
  }

  void text(String classes, Anchor anchor, double x, double y, String text) {
    out.append(
        String.format(
            Locale.ROOT,
            "<text class=\"%s %s\" x=\"%s\" y=\"%s\">%s</text>\n",
            classes,
            anchor.name().toLowerCase(Locale.ROOT),
            px(x),
            px(y),
            Html.escape(text)));
  }

  /** A text that reads from below to above, in the middle of a height. */
  void uprightText(String classes, double x, double y, String text) {
    out.append(
        String.format(
            Locale.ROOT,
            "<text class=\"%s middle\" transform=\"translate(%s %s) rotate(-90)\">%s</text>\n",
            classes,
            px(x),
            px(y),
            Html.escape(text)));
  }

  /** The picture, named for those who do not see it. */
  String named(String name) {
    return String.format(
        Locale.ROOT,
        "<svg role=\"img\" aria-label=\"%s\" viewBox=\"0 0 %s %s\">\n%s</svg>\n",
        Html.escape(name),
        px(width),
        px(height),
        out);
  }
}
