package io.sidestream.index.serving;

import io.sidestream.schemas.Generation;
import java.util.Optional;

/** The reference to the serving generation. Thread-safe; set by {@link GenerationSwitch} alone. */
public final class Serving {
  /*
   * The switch has one reference to every open generation, and releases it only after this one
   * points elsewhere. A request that read the old reference may fail to retain it: then it reads
   * again and gets the new one. ServingModelCheckTest explores the schedules.
   */
  private volatile Optional<ServingGeneration> current = Optional.empty();

  /** A lease on the serving generation, to be closed after the request. */
  public Lease acquire() {
    while (true) {
      Optional<ServingGeneration> now = current;
      if (now.isEmpty() || now.get().natives().tryRetain()) {
        return new Lease(now);
      }
    }
  }

  /** The serving generation. */
  public Optional<Generation> generation() {
    return current.map(ServingGeneration::generation);
  }

  /** Number of items of the serving generation; 0 when none serves. */
  public int items() {
    return current.map(now -> now.catalogue().size()).orElse(0);
  }

  void set(Optional<ServingGeneration> next) {
    current = next;
  }
}
