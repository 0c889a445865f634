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

/** The generation being opened, with the changes buffered meanwhile. One thread. */
final class PendingLoad implements AutoCloseable {
  private final GenerationLoader loader;
  private final Executor executor;
  private Optional<Load> current = Optional.empty();

  /** A load in progress or completed. */
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

  /** Starts to open a generation; only when idle. */
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

  /** Buffers a change, if it is of the generation being opened. */
  void add(CodedChange change, long appendedMillis) {
    current
        .filter(load -> isOf(change.key().generation()))
        .ifPresent(load -> load.pending().add(change, appendedMillis));
  }

  /** Takes the load if it has completed, normally or not. */
  Optional<Load> takeEnded() {
    Optional<Load> ended = current.filter(load -> load.result().isDone());
    if (ended.isPresent()) {
      current = Optional.empty();
    }
    return ended;
  }

  /** A load that completes later is closed at once. */
  @Override
  public void close() {
    current.ifPresent(
        load -> load.result().thenAccept(loaded -> new RefCounted<>(loaded.natives()).release()));
  }
}
