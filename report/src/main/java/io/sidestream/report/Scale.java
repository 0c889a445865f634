package io.sidestream.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A scale from numbers to pixels, linear or logarithmic.
 *
 * @param low the number at {@code from}, or its decimal logarithm
 * @param high the number at {@code to}, or its decimal logarithm; above low
 * @param step distance of ticks
 * @param from pixel; may be above {@code to}, as on an upright axis
 */
record Scale(double low, double high, double step, double from, double to, boolean logarithmic) {
  private static final double SMALLEST = 1e-12;
  private static final double NEAR = 0.35;
  private static final double ROUNDING = 1e-9;

  /** The scale that covers the numbers, with about this number of ticks, one at each end. */
  static Scale covering(double low, double high, int ticks, double from, double to) {
    Scale tight = tight(low, high, ticks, from, to);
    double step = tight.step;
    double first = Math.floor(tight.low / step + ROUNDING) * step;
    double last = Math.ceil(tight.high / step - ROUNDING) * step;
    return new Scale(first, last, step, from, to, false);
  }

  /** The scale that ends where the numbers end, with about this number of ticks. */
  static Scale tight(double low, double high, int ticks, double from, double to) {
    boolean flat = high - low <= SMALLEST * Math.max(1, Math.abs(high));
    double widen = flat ? Math.max(Math.abs(high), 1) / 2 : 0;
    double step = roundStep((high - low + 2 * widen) / ticks);
    return new Scale(low - widen, high + widen, step, from, to, false);
  }

  /** The scale that starts at zero, or ends there when all numbers are negative. */
  static Scale withZero(double low, double high, int ticks, double from, double to) {
    return covering(Math.min(0, low), Math.max(0, high), ticks, from, to);
  }

  /** The scale in powers of ten that covers the numbers, all above zero. */
  static Scale powers(double low, double high, double from, double to) {
    double first = Math.floor(Math.log10(low) + ROUNDING);
    double last = Math.max(first + 1, Math.ceil(Math.log10(high) - ROUNDING));
    return new Scale(first, last, 1, from, to, true);
  }

  /** Where a scale of these numbers begins: at zero, where that costs little room. */
  static double nearZero(double low, double high) {
    return low > 0 && low < NEAR * high ? 0 : low;
  }

  /** One, two or five times a power of ten, nearest above. */
  private static double roundStep(double step) {
    double power = Math.pow(10, Math.floor(Math.log10(step)));
    double digits = step / power;
    double round = digits <= 1 + ROUNDING ? 1 : digits <= 2 ? 2 : digits <= 5 ? 5 : 10;
    return power * round;
  }

  double at(double number) {
    double place = logarithmic ? Math.log10(number) : number;
    return from + (place - low) / (high - low) * (to - from);
  }

  /** The numbers that have a tick, rising. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    long first = (long) Math.ceil(low / step - ROUNDING);
    long last = (long) Math.floor(high / step + ROUNDING);
    for (long i = first; i <= last; i++) {
      ticks.add(logarithmic ? Math.pow(10, i) : i * step);
    }
    return ticks;
  }

  /** A number as short as the step allows; zero is bare. */
  String label(double tick) {
    double distance = logarithmic ? tick : step;
    int decimals = (int) Math.max(0, Math.min(9, Math.ceil(-Math.log10(distance) - ROUNDING)));
    boolean zero = Math.abs(tick) < distance / 2;
    return zero ? "0" : Html.sign(Decimals.print(tick, decimals));
  }
}
