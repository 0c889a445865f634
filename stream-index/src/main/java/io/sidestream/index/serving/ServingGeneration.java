package io.sidestream.index.serving;

import io.sidestream.model.ranking.Answer;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.model.resources.RefCounted;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.Prompt;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Snapshot of one generation: model and items, all that a request needs, and nothing of another
 * generation. Immutable; valid while a {@link Lease} on it is open.
 */
public final class ServingGeneration {
  private final Generation generation;
  private final RefCounted<AutoCloseable> natives;
  private final BiFunction<Prompt, Catalogue, Answer> answering;
  private final Catalogue catalogue;
  private final Map<Integer, Long> nextOffsets;

  private ServingGeneration(
      Generation generation,
      RefCounted<AutoCloseable> natives,
      BiFunction<Prompt, Catalogue, Answer> answering,
      Catalogue catalogue,
      Map<Integer, Long> nextOffsets) {
    this.generation = generation;
    this.natives = natives;
    this.answering = answering;
    this.catalogue = catalogue;
    this.nextOffsets = Map.copyOf(nextOffsets);
  }

  static ServingGeneration of(LoadedGeneration loaded, Map<Integer, Long> nextOffsets) {
    return new ServingGeneration(
        loaded.generation(),
        new RefCounted<>(loaded.natives()),
        loaded.answering(),
        loaded.catalogue(),
        nextOffsets);
  }

  /** The same generation and native parts, with newer items. */
  ServingGeneration with(Catalogue newer, Map<Integer, Long> offsets) {
    return new ServingGeneration(generation, natives, answering, newer, offsets);
  }

  public Generation generation() {
    return generation;
  }

  public Catalogue catalogue() {
    return catalogue;
  }

  /** By partition of coded items: the first offset that is not in the catalogue. */
  public Map<Integer, Long> nextOffsets() {
    return nextOffsets;
  }

  public Answer answer(Prompt prompt) {
    return answering.apply(prompt, catalogue);
  }

  RefCounted<AutoCloseable> natives() {
    return natives;
  }
}
