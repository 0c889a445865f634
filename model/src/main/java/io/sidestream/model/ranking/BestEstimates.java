package io.sidestream.model.ranking;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The rows of the best estimates offered: a binary heap, worst on top; of equal ones, the higher.
 */
final class BestEstimates {
  private final long[] heap; // estimate in the upper half, in the order of numbers; row below
  private int size;

  /**
   * @param most rows, at least one
   */
  BestEstimates(int most) {
    this.heap = new long[most];
  }

  /** Whether a row of this estimate is among the best so far. */
  boolean mayTake(int row, float estimate) {
    return size < heap.length || key(row, estimate) > heap[0];
  }

  void offer(int row, float estimate) {
    long key = key(row, estimate);
    if (size < heap.length) {
      up(size++, key);
    } else if (key > heap[0]) {
      down(key);
    }
  }

  /** The least of the estimates kept, of which there is one at least. */
  float worst() {
    int ordered = (int) (heap[0] >> Integer.SIZE);
    return Float.intBitsToFloat(ordered < 0 ? ordered ^ Integer.MAX_VALUE : ordered);
  }

  /** Whether as many as there may be are kept. */
  boolean isFull() {
    return size == heap.length;
  }

  private static long key(int row, float estimate) {
    int bits = Float.floatToIntBits(estimate);
    return (long) (bits < 0 ? bits ^ Integer.MAX_VALUE : bits) << Integer.SIZE | row;
  }

  /** The rows, best first. */
  IntStream bestFirst() {
    long[] sorted = Arrays.copyOf(heap, size);
    Arrays.sort(sorted);
    return IntStream.rangeClosed(1, size).map(i -> (int) sorted[size - i]);
  }

  /** The rows, in any order. */
  int[] rows() {
    int[] rows = new int[size];
    for (int i = 0; i < size; i++) {
      rows[i] = (int) heap[i];
    }
    return rows;
  }

  private void up(int from, long key) {
    int at = from;
    while (at > 0 && heap[(at - 1) / 2] > key) {
      heap[at] = heap[(at - 1) / 2];
      at = (at - 1) / 2;
    }
    heap[at] = key;
  }

  private void down(long key) {
    int at = 0;
    int child = 1;
    while (child < size) {
      child += child + 1 < size && heap[child + 1] < heap[child] ? 1 : 0;
      if (heap[child] >= key) {
        break;
      }
      heap[at] = heap[child];
      at = child;
      child = 2 * at + 1;
    }
    heap[at] = key;
  }
}
