package io.sidestream.index.serving;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** One request's hold on the generation that serves: it stays open and unchanged until closed. */
public final class Lease implements AutoCloseable {
  private final Optional<ServingGeneration> generation;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** The generation must be held already. */
  Lease(Optional<ServingGeneration> generation) {
    this.generation = generation;
  }

  /** What serves; empty when no generation is loaded yet. */
  public Optional<ServingGeneration> generation() {
    return generation;
  }

  /** Lets go; a second call does nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      generation.ifPresent(held -> held.natives().release());
    }
  }
}
