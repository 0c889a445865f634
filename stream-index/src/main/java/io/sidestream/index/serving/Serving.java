package io.sidestream.index.serving;

import io.sidestream.schemas.Generation;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The reference to the open generations, the serving one above all. Thread-safe; set by {@link
 * GenerationSwitch} alone.
 */
public final class Serving {
  /*
   * The switch has one reference to every open generation, and releases it only after this one
   * no longer holds it. A request that read the old reference may fail to retain it: then it reads
   * again and gets the new one. ServingModelCheckTest explores the schedules.
   */
  private volatile OpenGenerations current = OpenGenerations.NONE;

  /** A lease on the serving generation, to be closed after the request. */
  public Lease acquire() {
    return acquire(OpenGenerations::live);
  }

  /** A lease on this generation; on none where it is not open. */
  public Lease acquire(Generation generation) {
    return acquire(now -> Optional.ofNullable(now.byNumber().get(generation)));
  }

  private Lease acquire(Function<OpenGenerations, Optional<ServingGeneration>> choice) {
    while (true) {
      Optional<ServingGeneration> chosen = choice.apply(current);
      if (chosen.isEmpty() || chosen.get().natives().tryRetain()) {
        return new Lease(chosen);
      }
    }
  }

  /** The serving generation. */
  public Optional<Generation> generation() {
    return current.live().map(ServingGeneration::generation);
  }

  /** The open generations, ascending, as a sentence names them. */
  public List<String> open() {
    return current.names();
  }

  /** Whether this generation is being opened, or will be. */
  public boolean isAwaited(Generation generation) {
    return current.awaited().contains(generation);
  }

  /** Number of items of the serving generation; 0 when none serves. */
  public int items() {
    return current.live().map(now -> now.catalogue().size()).orElse(0);
  }

  void set(OpenGenerations next) {
    current = next;
  }
}
