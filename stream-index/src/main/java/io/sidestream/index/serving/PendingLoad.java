package io.sidestream.index.serving;

import io.sidestream.index.store.CodedChange;
import io.sidestream.model.resources.RefCounted;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** The one generation that is being opened, with the changes that came meanwhile. One thread. */
final class PendingLoad implements AutoCloseable {
  private final GenerationLoader loader;
  private final Executor executor;
  private Optional<Load> current = Optional.empty();

  /** A generation on its way, or arrived. */
  record Load(
      GenerationAnnouncement announced,
      CompletableFuture<LoadedGeneration> result,
      PendingChanges pending,
      long startedNanos) {}

  /**
   * @param executor runs the loader
   */
  PendingLoad(GenerationLoader loader, Executor executor) {
    this.loader = loader;
    this.executor = executor;
  }

  boolean isIdle() {
    return current.isEmpty();
  }

  boolean isOf(Generation generation) {
    return current.filter(load -> load.announced().generation().equals(generation)).isPresent();
  }

  /** Begins to open a generation; only when idle. */
  void start(GenerationAnnouncement announced, long nowNanos) {
    CompletableFuture<LoadedGeneration> result =
        CompletableFuture.supplyAsync(() -> load(announced), executor);
    current = Optional.of(new Load(announced, result, new PendingChanges(), nowNanos));
  }

  private LoadedGeneration load(GenerationAnnouncement announced) {
    try {
      return loader.load(announced);
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  /** Keeps a change for the generation, if it is the one being opened. */
  void add(CodedChange change, long appendedMillis) {
    current
        .filter(load -> isOf(change.key().generation()))
        .ifPresent(load -> load.pending().add(change, appendedMillis));
  }

  /** The load when it has ended, well or not; from then on there is none. */
  Optional<Load> takeEnded() {
    Optional<Load> ended = current.filter(load -> load.result().isDone());
    if (ended.isPresent()) {
      current = Optional.empty();
    }
    return ended;
  }

  /** What still arrives is closed at once. */
  @Override
  public void close() {
    current.ifPresent(
        load -> load.result().thenAccept(loaded -> new RefCounted<>(loaded.natives()).release()));
  }
}
