package io.sidestream.index.serving;

import io.sidestream.schemas.Arm;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request's reference to the generation that answers it, which stays open and unchanged until
 * closed.
 */
public final class Lease implements AutoCloseable {
  private final Optional<ServingGeneration> generation;
  private final Optional<Arm> arm;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** The reference must be retained already. */
  Lease(Optional<ServingGeneration> generation) {
    this(generation, Optional.empty());
  }

  /** Likewise, while generations are compared. */
  Lease(Optional<ServingGeneration> generation, Optional<Arm> arm) {
    this.generation = generation;
    this.arm = arm;
  }

  /** The generation; empty when none is loaded yet, or not the named one. */
  public Optional<ServingGeneration> generation() {
    return generation;
  }

  /** Which of two compared generations this is. */
  public Optional<Arm> arm() {
    return arm;
  }

  /** Releases the reference; idempotent. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      generation.ifPresent(held -> held.natives().release());
    }
  }
}
