package io.sidestream.ingest.coding;

import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The coders that one subtask holds: acquired on first use, released when no longer needed. */
final class LeasedCoders implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeasedCoders.class);

  private final SharedCoders shared;
  private final CoderOpener opener;
  private final Map<Generation, Lease> leases = new HashMap<>();

  LeasedCoders(SharedCoders shared, CoderOpener opener) {
    this.shared = shared;
    this.opener = opener;
  }

  /** A generation's coder; empty when its bundle was refused, which is logged once. */
  Optional<ItemCoder> of(GenerationAnnouncement generation) {
    return leases.computeIfAbsent(generation.generation(), number -> lease(generation)).coder();
  }

  private Lease lease(GenerationAnnouncement generation) {
    try {
      return new Lease(generation, Optional.of(shared.acquire(generation, opener)));
    } catch (BundleRefusedException e) {
      LOG.error("{}; its items stay uncoded until the job restarts", e.getMessage(), e);
      return new Lease(generation, Optional.empty());
    }
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

  /** A coder, or none where the bundle was refused. */
  private record Lease(GenerationAnnouncement generation, Optional<ItemCoder> coder) {}
}
