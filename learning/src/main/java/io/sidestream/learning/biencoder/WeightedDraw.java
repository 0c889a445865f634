package io.sidestream.learning.biencoder;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** Draws elements of a list with probability proportional to their weights, with replacement. */
final class WeightedDraw<T> {
  private final List<T> elements;
  private final double[] ends; // running sum of the weights, [element]

  WeightedDraw(List<T> elements, ToDoubleFunction<T> weight) {
    this.elements = elements;
    this.ends = new double[elements.size()];
    double end = 0;
    for (int i = 0; i < ends.length; i++) {
      end += weight.applyAsDouble(elements.get(i));
      ends[i] = end;
    }
  }

  /** Whether there is nothing to draw from. */
  boolean isEmpty() {
    return elements.isEmpty();
  }

  /** As many elements as {@code count}; none when there are none to draw from. */
  List<T> draw(int count, SplittableRandom random) {
    if (elements.isEmpty()) {
      return List.of();
    }
    return random
        .doubles(count)
        .mapToObj(share -> elements.get(place(share * ends[ends.length - 1])))
        .toList();
  }

  private int place(double target) {
    int found = Arrays.binarySearch(ends, target);
    int place = found >= 0 ? found + 1 : -found - 1; // the first end above the target
    return Math.min(place, ends.length - 1);
  }
}
