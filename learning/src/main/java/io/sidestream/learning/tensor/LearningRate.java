package io.sidestream.learning.tensor;

import static io.sidestream.schemas.Checks.check;

/** How far a step goes, by its number from 0. */
@FunctionalInterface
public interface LearningRate {
  double at(long step);

  /** Rises in a line to the peak, then falls along half a cosine to 0 at {@code total}. */
  static LearningRate cosine(double peak, long warmup, long total) {
    check(warmup <= total, "warm-up of %d steps exceeds %d steps", warmup, total);
    return step ->
        step < warmup
            ? peak * (step + 1) / warmup
            : peak / 2 * (1 + Math.cos(Math.PI * Math.min(1, share(step, warmup, total))));
  }

  private static double share(long step, long warmup, long total) {
    return total == warmup ? 1 : (double) (step - warmup) / (total - warmup);
  }
}
