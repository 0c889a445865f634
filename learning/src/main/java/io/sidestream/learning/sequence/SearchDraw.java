package io.sidestream.learning.sequence;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Draws searches in proportion to their weights, with replacement. */
final class SearchDraw {
  private final List<SequenceExamples.Search> searches;
  private final double[] ends; // running sum of the weights, [search]
  private final SplittableRandom random;

  SearchDraw(List<SequenceExamples.Search> searches, SplittableRandom random) {
    this.searches = searches;
    this.random = random;
    this.ends = new double[searches.size()];
    double end = 0;
    for (int i = 0; i < ends.length; i++) {
      end += searches.get(i).weight();
      ends[i] = end;
    }
  }

  /** As many as {@code count}; none where there are none. */
  List<SequenceExamples.Search> draw(int count) {
    return searches.isEmpty()
        ? List.of()
        : random.doubles(count).mapToObj(share -> searches.get(place(share))).toList();
  }

  private int place(double share) {
    int found = Arrays.binarySearch(ends, share * ends[ends.length - 1]);
    return Math.min(found >= 0 ? found + 1 : -found - 1, ends.length - 1);
  }
}
