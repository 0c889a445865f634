package io.sidestream.index.serving;

import io.sidestream.model.ranking.Catalogue;
import io.sidestream.schemas.Comparison;
import io.sidestream.schemas.Generation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
    return acquire(OptionalLong.empty());
  }

  /** The same, or on the candidate, while it is compared and answers this unit. */
  public Lease acquire(OptionalLong unit) {
    return lease(now -> now.choose(unit));
  }

  /** A lease on this generation; on none where it is not open. */
  public Lease acquire(Generation generation) {
    return lease(now -> now.named(generation));
  }

  /** A lease on the candidate beside the live one; on none where there is none. */
  public Lease acquireCandidate() {
    return lease(OpenGenerations::ofCandidate);
  }

  /** A lease on the generation before the live one; on none where it is not open. */
  public Lease acquireFormer() {
    return lease(OpenGenerations::ofFormer);
  }

  /** Whether a candidate is open here beside the live one. */
  public boolean hasCandidate() {
    return current.candidate().isPresent();
  }

  private Lease lease(Function<OpenGenerations, OpenGenerations.Selected> choice) {
    while (true) {
      OpenGenerations.Selected chosen = choice.apply(current);
      Optional<ServingGeneration> generation = chosen.generation();
      if (generation.isEmpty() || generation.get().natives().tryRetain()) {
        return new Lease(generation, chosen.arm());
      }
    }
  }

  /** The serving generation. */
  public Optional<Generation> generation() {
    return current.live().map(ServingGeneration::generation);
  }

  /** The candidate that answers a share of the users here. */
  Optional<Comparison> comparison() {
    return current.comparison();
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
    return catalogue().map(Catalogue::size).orElse(0);
  }

  /** The items of the serving generation. */
  Optional<Catalogue> catalogue() {
    return current.live().map(ServingGeneration::catalogue);
  }

  void set(OpenGenerations next) {
    current = next;
  }
}
