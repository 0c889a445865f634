package io.sidestream.ingest.coding;

import io.sidestream.model.store.RetryDelays;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.ReasonText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The coders that one subtask holds: acquired on first use, released when no longer needed. A
 * bundle that cannot be fetched is asked for again, with growing delays.
 */
final class LeasedCoders implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeasedCoders.class);

  private final SharedCoders shared;
  private final CoderOpener opener;
  private final RetryDelays delays;
  private final Map<Generation, Lease> leases = new HashMap<>();

  LeasedCoders(SharedCoders shared, CoderOpener opener, RetryDelays delays) {
    this.shared = shared;
    this.opener = opener;
    this.delays = delays;
  }

  /** A generation's coder; empty while its bundle cannot be fetched, or when it was refused. */
  Optional<ItemCoder> of(GenerationAnnouncement generation, long nowMillis) {
    Lease lease = leases.get(generation.generation());
    if (lease == null || lease.isDue(nowMillis)) {
      lease = lease(generation, lease == null ? 1 : lease.failures() + 1, nowMillis);
      leases.put(generation.generation(), lease);
    }
    return lease.coder();
  }

  /** A generation's coder, where it was asked for before and its bundle was there. */
  Optional<ItemCoder> opened(Generation generation) {
    return Optional.ofNullable(leases.get(generation)).flatMap(Lease::coder);
  }

  private Lease lease(GenerationAnnouncement generation, int attempt, long nowMillis) {
    try {
      return new Lease(generation, Optional.of(shared.acquire(generation, opener)), 0, 0, "");
    } catch (BundleRefusedException e) {
      LOG.error("{}; its items stay uncoded until the job restarts", e.getMessage(), e);
      return new Lease(generation, Optional.empty(), 0, 0, ReasonText.of(e));
    } catch (IOException | RuntimeException e) { // whatever it is, other generations go on
      long delay = delays.after(attempt).toMillis();
      LOG.warn("{}; tried again in {} ms, its items wait", ReasonText.of(e), delay);
      return new Lease(generation, Optional.empty(), attempt, nowMillis + delay, ReasonText.of(e));
    }
  }

  /** Active generations without a coder, with the reason. */
  Map<Generation, String> unopened() {
    Map<Generation, String> unopened = new HashMap<>();
    leases.forEach(
        (generation, lease) -> {
          if (lease.coder().isEmpty()) {
            unopened.put(generation, lease.reason());
          }
        });
    return unopened;
  }

  /** Releases a generation that is no longer active. */
  void release(Generation generation) {
    Lease lease = leases.remove(generation);
    if (lease != null && lease.coder().isPresent()) {
      shared.release(lease.generation());
    }
  }

  @Override
  public void close() {
    List<Generation> held = new ArrayList<>(leases.keySet());
    held.forEach(this::release);
  }

  /**
   * A coder, or none.
   *
   * @param failures in a row, of those that may pass; 0 for a bundle that was refused
   * @param retryAtMillis when to try again after such a failure
   */
  private record Lease(
      GenerationAnnouncement generation,
      Optional<ItemCoder> coder,
      int failures,
      long retryAtMillis,
      String reason) {
    boolean isDue(long nowMillis) {
      return failures > 0 && nowMillis >= retryAtMillis;
    }
  }
}
