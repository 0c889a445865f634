package io.sidestream.index.serving;

import io.sidestream.model.bundle.BundleException;
import io.sidestream.model.store.RetryDelays;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ReasonText;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Generations that could not be loaded: refused for good, or to be tried again. One thread. */
final class LoadFailures {
  private record Failure(String reason, int inARow, boolean isRefusal, long retryAtNanos) {}

  private final RetryDelays delays;
  private final Map<Generation, Failure> failures = new TreeMap<>();

  LoadFailures(RetryDelays delays) {
    this.delays = delays;
  }

  /**
   * Records a failure: a refused bundle stays refused, any other cause may pass.
   *
   * @return time until the next attempt; empty when the bundle is refused
   */
  Optional<Duration> add(Generation generation, Throwable why, long nowNanos) {
    Failure before = failures.get(generation);
    int inARow = before == null ? 1 : before.inARow() + 1;
    Optional<Duration> delay =
        why instanceof BundleException ? Optional.empty() : Optional.of(delays.after(inARow));
    long retryAtNanos = nowNanos + delay.orElse(Duration.ZERO).toNanos();
    failures.put(
        generation, new Failure(ReasonText.of(why), inARow, delay.isEmpty(), retryAtNanos));
    return delay;
  }

  /** Forgets a generation that was loaded, or announced again. */
  void forget(Generation generation) {
    failures.remove(generation);
  }

  boolean isRefused(Generation generation) {
    Failure failure = failures.get(generation);
    return failure != null && failure.isRefusal();
  }

  /** Whether a generation may be loaded now. */
  boolean isDue(Generation generation, long nowNanos) {
    Failure failure = failures.get(generation);
    return failure == null || (!failure.isRefusal() && nowNanos - failure.retryAtNanos() >= 0);
  }

  /** Why each generation that failed last is not loaded. */
  Map<Generation, String> reasons() {
    Map<Generation, String> reasons = new TreeMap<>();
    failures.forEach((generation, failure) -> reasons.put(generation, failure.reason()));
    return reasons;
  }

  /** Why a generation is not loaded, if it failed. */
  Optional<String> reason(Generation generation) {
    return Optional.ofNullable(failures.get(generation)).map(Failure::reason);
  }
}
