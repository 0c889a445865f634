package io.sidestream.index.serving;

import io.sidestream.schemas.Generation;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The one reference to the generation that answers. Thread-safe; only the rotation sets it. */
public final class Serving {
  /*
   * The rotation holds every open generation once, and lets go of one only after this reference points elsewhere. A
   * request that read the old reference just before may find it closed: then it reads again and finds the new one.
   */
  private final AtomicReference<Optional<ServingGeneration>> current =
      new AtomicReference<>(Optional.empty());

  /** A hold on what serves now, to be closed when the request is done. */
  public Lease acquire() {
    while (true) {
      Optional<ServingGeneration> now = current.get();
      if (now.isEmpty() || now.get().natives().tryRetain()) {
        return new Lease(now);
      }
    }
  }

  /** The generation that serves now. */
  public Optional<Generation> generation() {
    return current.get().map(ServingGeneration::generation);
  }

  /** How many items can be answered with now; 0 when nothing serves. */
  public int items() {
    return current.get().map(now -> now.catalogue().size()).orElse(0);
  }

  void set(Optional<ServingGeneration> next) {
    current.set(next);
  }
}
