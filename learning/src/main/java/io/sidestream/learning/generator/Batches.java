package io.sidestream.learning.generator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** Examples in a new order for each epoch, those of similar length together. */
final class Batches {
  /*
   * Sorting everything by length would put the same examples together in every epoch and all short
   * ones first. So only windows of a shuffled list are sorted, and the batches are shuffled again.
   */
  private static final int WINDOW_BATCHES = 16;

  private Batches() {}

  static List<List<GeneratorExample>> of(
      List<GeneratorExample> examples, int batch, SplittableRandom random) {
    List<GeneratorExample> shuffled = new ArrayList<>(examples);
    shuffle(shuffled, random);
    List<List<GeneratorExample>> batches = new ArrayList<>();
    int window = batch * WINDOW_BATCHES;
    for (int start = 0; start < shuffled.size(); start += window) {
      List<GeneratorExample> part =
          shuffled.subList(start, Math.min(shuffled.size(), start + window));
      part.sort(Comparator.comparingInt(example -> example.prompt().length()));
      for (int at = 0; at < part.size(); at += batch) {
        batches.add(List.copyOf(part.subList(at, Math.min(part.size(), at + batch))));
      }
    }
    shuffle(batches, random);
    return batches;
  }

  private static <T> void shuffle(List<T> list, SplittableRandom random) {
    for (int i = list.size() - 1; i > 0; i--) {
      Collections.swap(list, i, random.nextInt(i + 1));
    }
  }
}
