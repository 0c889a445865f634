package io.sidestream.experiments.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A linear scale from numbers to pixels, ended at round numbers.
 *
 * @param low the number at {@code from}
 * @param high the number at {@code to}, above low
 * @param step distance of ticks
 * @param from pixel; may be above {@code to}, as on an upright axis
 */
record Scale(double low, double high, double step, double from, double to) {
  private static final double SMALLEST = 1e-12;

  /** The scale with about so many ticks, one at each end, that covers the numbers. */
  static Scale covering(double low, double high, int ticks, double from, double to) {
    double span = high - low;
    double widen = span > SMALLEST * Math.max(1, Math.abs(high)) ? 0 : Math.max(Math.abs(high), 1);
    double step = roundStep((span + widen) / ticks);
    double first = Math.floor((low - widen / 2) / step + 1e-9) * step;
    double last = Math.ceil((high + widen / 2) / step - 1e-9) * step;
    return new Scale(first, last, step, from, to);
  }

  /** The scale that starts at zero, or ends there when all numbers are negative. */
  static Scale withZero(double low, double high, int ticks, double from, double to) {
    return covering(Math.min(0, low), Math.max(0, high), ticks, from, to);
  }

  /** One, two or five times a power of ten, nearest above. */
  private static double roundStep(double step) {
    double power = Math.pow(10, Math.floor(Math.log10(step)));
    double digits = step / power;
    return power * (digits <= 1 + 1e-9 ? 1 : digits <= 2 ? 2 : digits <= 5 ? 5 : 10);
  }

  double at(double number) {
    return from + (number - low) / (high - low) * (to - from);
  }

  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    int count = (int) Math.round((high - low) / step);
    for (int i = 0; i <= count; i++) {
      ticks.add(low + i * step);
    }
    return ticks;
  }

  /** A number as short as the step allows; zero is bare. */
  String label(double tick) {
    int decimals = (int) Math.max(0, Math.min(9, Math.ceil(-Math.log10(step) - 1e-9)));
    boolean zero = Math.abs(tick) < step / 2;
    return Html.number(zero ? "0" : CellParts.decimal(tick, decimals));
  }
}
