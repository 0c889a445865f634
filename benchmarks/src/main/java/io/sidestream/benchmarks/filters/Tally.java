package io.sidestream.benchmarks.filters;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.schemas.ItemId;
import java.util.List;
import java.util.function.Supplier;

/** What became of filtered answers, beside the first places of another ranking. */
final class Tally {
  private int cases;
  private int found;
  private int wanted;
  private int onlyFound;
  private int onlyWanted;
  private long places;
  private long agreed;
  private int answers;
  private long nanos;

  /** An answer, timed. */
  <T> T answer(Supplier<T> answering) {
    long start = System.nanoTime();
    T answer = answering.get();
    nanos += System.nanoTime() - start;
    answers++;
    return answer;
  }

  /**
   * Counts a case.
   *
   * @param answer of the system
   * @param reference the first places of the other ranking
   */
  void add(ItemId relevant, List<ItemId> answer, List<ItemId> reference) {
    cases++;
    boolean inAnswer = answer.contains(relevant);
    boolean inReference = reference.contains(relevant);
    found += inAnswer ? 1 : 0;
    wanted += inReference ? 1 : 0;
    onlyFound += inAnswer && !inReference ? 1 : 0;
    onlyWanted += inReference && !inAnswer ? 1 : 0;
    places += reference.size();
    agreed += reference.stream().filter(answer::contains).count();
  }

  double millis() {
    return nanos / 1e6 / answers;
  }

  /** Recall of both, their paired difference with its standard error, and what both hold. */
  void into(ObjectNode line) {
    double difference = (onlyFound - onlyWanted) / (double) cases;
    double variance = (onlyFound + onlyWanted) / (double) cases - difference * difference;
    line.put("cases", cases)
        .put("recall_30", rounded(found / (double) cases))
        .put("exhaustive_recall_30", rounded(wanted / (double) cases))
        .put("difference", rounded(difference))
        .put("standard_error", rounded(Math.sqrt(variance / cases)))
        .put("agreement", rounded(agreed / (double) places))
        .put("ms", Math.round(millis() * 100) / 100.0);
  }

  private static double rounded(double value) {
    return Math.round(value * 10_000) / 10_000.0;
  }
}
