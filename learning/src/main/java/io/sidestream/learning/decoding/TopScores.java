package io.sidestream.learning.decoding;

import static io.sidestream.schemas.Checks.check;

import java.util.stream.IntStream;

/** The largest scores, best first, in the order that {@code torch.topk} gives them on a CPU. */
final class TopScores {
  /*
   * Which of equal scores come first, and which are left out, follows from the algorithms of the
   * C++ library that torch is built with, and neither is the lower index. Where k * 64 <= n torch
   * calls std::partial_sort: a heap of the first k, which later scores enter if they are larger,
   * then a heap sort. Otherwise it calls std::nth_element, then std::sort on the first k - 1. Both
   * are here step by step as in libstdc++ (Hoare's selection with the median of three, insertion
   * sort below 16), on indices instead of pairs. One thing is not: what libstdc++ does when a
   * selection goes wrong more than 2 log n times. The scores would be the same, the order of equal
   * ones might not.
   *
   * Musser 1997, Introspective sorting and selection algorithms.
   */
  private static final int PARTIAL_SORT_RATIO = 64;
  private static final int INSERTION_SORT = 16;

  private final float[] scores;
  private final int[] order; // indices into scores, rearranged in place

  private TopScores(float[] scores) {
    this.scores = scores;
    this.order = IntStream.range(0, scores.length).toArray();
  }

  /** Indices of the k largest scores; no score is NaN. */
  static int[] of(float[] scores, int k) {
    check(k > 0 && k <= scores.length, "top %d of %d scores", k, scores.length);
    for (float score : scores) {
      check(!Float.isNaN(score), "a score is not a number");
    }
    TopScores top = new TopScores(scores);
    if ((long) k * PARTIAL_SORT_RATIO <= scores.length) {
      top.partialSort(k);
    } else {
      top.select(k - 1);
      top.sort(0, k - 1);
      top.insertionSorted(0, k - 1);
    }
    return IntStream.range(0, k).map(i -> top.order[i]).toArray();
  }

  private boolean above(int left, int right) {
    return scores[left] > scores[right];
  }

  private boolean aboveAt(int left, int right) {
    return above(order[left], order[right]);
  }

  private void swap(int i, int j) {
    int kept = order[i];
    order[i] = order[j];
    order[j] = kept;
  }

  /** std::partial_sort: the root of the heap is the smallest of the k largest so far. */
  private void partialSort(int k) {
    for (int parent = k / 2 - 1; parent >= 0; parent--) {
      sink(parent, k, order[parent]);
    }
    for (int i = k; i < order.length; i++) {
      if (aboveAt(i, 0)) {
        popInto(i, k);
      }
    }
    for (int last = k - 1; last > 0; last--) {
      popInto(last, last);
    }
  }

  /** The heap's root goes to a place beyond the heap, what was there goes into the heap. */
  private void popInto(int place, int heap) {
    int entering = order[place];
    order[place] = order[0];
    sink(0, heap, entering);
  }

  /** std::__adjust_heap: the hole sinks to a leaf first, then the value rises. */
  private void sink(int top, int length, int value) {
    int hole = top;
    int child = top;
    while (child < (length - 1) / 2) {
      child = 2 * (child + 1);
      child -= aboveAt(child, child - 1) ? 1 : 0;
      order[hole] = order[child];
      hole = child;
    }
    if (length % 2 == 0 && child == (length - 2) / 2) {
      child = 2 * child + 1;
      order[hole] = order[child];
      hole = child;
    }
    rise(hole, top, value);
  }

  private void rise(int from, int top, int value) {
    int hole = from;
    while (hole > top && above(order[(hole - 1) / 2], value)) {
      order[hole] = order[(hole - 1) / 2];
      hole = (hole - 1) / 2;
    }
    order[hole] = value;
  }

  /** std::nth_element. */
  private void select(int nth) {
    int first = 0;
    int last = order.length;
    while (last - first > 3) {
      int cut = partition(first, last);
      if (cut <= nth) {
        first = cut;
      } else {
        last = cut;
      }
    }
    insertionSort(first, last);
  }

  /** std::__introsort_loop: leaves runs of at most 16 unsorted. */
  private void sort(int first, int end) {
    int last = end;
    while (last - first > INSERTION_SORT) {
      int cut = partition(first, last);
      sort(cut, last);
      last = cut;
    }
  }

  /** std::__final_insertion_sort. */
  private void insertionSorted(int first, int last) {
    int guarded = Math.min(last, first + INSERTION_SORT);
    insertionSort(first, guarded);
    for (int i = guarded; i < last; i++) {
      insert(i);
    }
  }

  private int partition(int first, int last) {
    medianTo(first, first + 1, first + (last - first) / 2, last - 1);
    int low = first + 1;
    int high = last;
    while (true) {
      while (aboveAt(low, first)) {
        low++;
      }
      high--;
      while (aboveAt(first, high)) {
        high--;
      }
      if (low >= high) {
        return low;
      }
      swap(low++, high);
    }
  }

  private void medianTo(int place, int a, int b, int c) {
    int median;
    if (aboveAt(a, b)) {
      median = aboveAt(b, c) ? b : aboveAt(a, c) ? c : a;
    } else {
      median = aboveAt(a, c) ? a : aboveAt(b, c) ? c : b;
    }
    swap(place, median);
  }

  private void insertionSort(int first, int last) {
    for (int i = first + 1; i < last; i++) {
      if (aboveAt(i, first)) {
        int value = order[i];
        System.arraycopy(order, first, order, first + 1, i - first);
        order[first] = value;
      } else {
        insert(i);
      }
    }
  }

  /** Something no smaller is known to be in front. */
  private void insert(int at) {
    int value = order[at];
    int hole = at;
    while (above(value, order[hole - 1])) {
      order[hole] = order[hole - 1];
      hole--;
    }
    order[hole] = value;
  }
}
