package io.sidestream.index.serving;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A request's reference to the serving generation, which stays open and unchanged until closed. */
public final class Lease implements AutoCloseable {
  private final Optional<ServingGeneration> generation;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** The reference must be retained already. */
  Lease(Optional<ServingGeneration> generation) {
    this.generation = generation;
  }

  /** The serving generation; empty when none is loaded yet. */
  public Optional<ServingGeneration> generation() {
    return generation;
  }

  /** Releases the reference; idempotent. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      generation.ifPresent(held -> held.natives().release());
    }
  }
}
