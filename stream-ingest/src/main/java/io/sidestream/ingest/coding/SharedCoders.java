package io.sidestream.ingest.coding;

import io.sidestream.schemas.GenerationAnnouncement;
import java.util.HashMap;
import java.util.Map;

/**
 * The open coders of a process: each bundle is opened once, however many subtasks use it, and
 * closed when the last one lets go. Thread-safe.
 */
final class SharedCoders {
  /** The coders of this process: subtasks have no other place to meet. */
  static final SharedCoders PROCESS = new SharedCoders();

  private final Map<String, Shared> open = new HashMap<>();

  /** The coder of a generation; give it back with {@link #release}. */
  synchronized ItemCoder acquire(GenerationAnnouncement generation, CoderOpener opener)
      throws BundleRefusedException {
    Shared shared = open.get(key(generation));
    if (shared == null) {
      shared = new Shared(opener.open(generation));
      open.put(key(generation), shared);
    }
    shared.users++;
    return shared.coder;
  }

  /** Gives a coder back. */
  synchronized void release(GenerationAnnouncement generation) {
    Shared shared = open.get(key(generation));
    if (shared == null) {
      throw new IllegalStateException(
          "generation " + generation.generation() + ": released, but not acquired");
    }
    shared.users--;
    if (shared.users == 0) {
      open.remove(key(generation));
      shared.coder.close();
    }
  }

  /** How many coders are open. */
  synchronized int size() {
    return open.size();
  }

  private static String key(GenerationAnnouncement generation) {
    return generation.bundle() + "#" + generation.manifestSha256();
  }

  /** One open coder and how many use it. */
  private static final class Shared {
    private final ItemCoder coder;
    private int users;

    Shared(ItemCoder coder) {
      this.coder = coder;
    }
  }
}
