package io.sidestream.index.serving;

import io.sidestream.model.bundle.BundleException;
import io.sidestream.model.store.RetryDelays;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ReasonText;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Generations that could not be loaded: refused for good, or to be tried again. One thread. */
final class LoadFailures {
  private static final Logger LOG = LoggerFactory.getLogger(LoadFailures.class);

  private record Failure(String reason, int inARow, boolean isRefusal, long retryAtNanos) {}

  private final RetryDelays delays;
  private final Map<Generation, Failure> failures = new TreeMap<>();

  LoadFailures(RetryDelays delays) {
    this.delays = delays;
  }

  /**
   * Records a failure: a refused bundle stays refused, any other cause may pass.
   *
   * @param serving the generation that goes on serving
   * @return time until the next attempt; empty when the bundle is refused
   */
  Optional<Duration> add(
      Generation generation, Throwable why, Optional<Generation> serving, long nowNanos) {
    Failure before = failures.get(generation);
    int inARow = before == null ? 1 : before.inARow() + 1;
    Optional<Duration> delay =
        why instanceof BundleException ? Optional.empty() : Optional.of(delays.after(inARow));
    long retryAtNanos = nowNanos + delay.orElse(Duration.ZERO).toNanos();
    failures.put(
        generation, new Failure(ReasonText.of(why), inARow, delay.isEmpty(), retryAtNanos));
    log(generation, why, serving.map(Generation::toString).orElse("none"), delay);
    return delay;
  }

  private static void log(
      Generation generation, Throwable why, String serving, Optional<Duration> delay) {
    if (delay.isPresent()) {
      LOG.warn(
          "generation {} cannot be opened, tried again in {}, generation {} serves: {}",
          generation,
          delay.get(),
          serving,
          ReasonText.of(why),
          why instanceof IOException ? null : why); // a fault of ours has a stack trace
    } else {
      LOG.error(
          "generation {} is refused, generation {} continues to serve: {}",
          generation,
          serving,
          ReasonText.of(why));
    }
  }

  /** Forgets a generation that was loaded, or announced again. */
  void forget(Generation generation) {
    failures.remove(generation);
  }

  /** Forgets all but these: a generation that is over is not one that is missing here. */
  void keepOnly(Collection<Generation> generations) {
    failures.keySet().retainAll(generations);
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
