package io.sidestream.ingest.coding;

import io.sidestream.model.resources.RefCounted;
import io.sidestream.schemas.GenerationAnnouncement;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The open coders of a process: each bundle is opened once, however many subtasks use it, and
 * closed when the last one releases it. Thread-safe.
 */
final class SharedCoders {
  /** The coders of this process: subtasks share nothing else. */
  static final SharedCoders PROCESS = new SharedCoders();

  private final Map<String, RefCounted<ItemCoder>> open = new HashMap<>();

  /** The coder of a generation, to be given back with {@link #release}. */
  synchronized ItemCoder acquire(GenerationAnnouncement generation, CoderOpener opener)
      throws BundleRefusedException, IOException {
    RefCounted<ItemCoder> coder = open.get(key(generation));
    if (coder == null) {
      coder = new RefCounted<>(opener.open(generation));
      open.put(key(generation), coder);
    } else if (!coder.tryRetain()) {
      throw new IllegalStateException(
          "generation " + generation.generation() + ": coder is closed, but still listed");
    }
    return coder.get();
  }

  /** Gives a coder back. */
  synchronized void release(GenerationAnnouncement generation) {
    RefCounted<ItemCoder> coder = open.get(key(generation));
    if (coder == null) {
      throw new IllegalStateException(
          "generation " + generation.generation() + ": released, but not acquired");
    }
    if (coder.release()) {
      open.remove(key(generation));
    }
  }

  /** How many coders are open. */
  synchronized int size() {
    return open.size();
  }

  private static String key(GenerationAnnouncement generation) {
    return generation.generation() + "#" + generation.manifestSha256();
  }
}
