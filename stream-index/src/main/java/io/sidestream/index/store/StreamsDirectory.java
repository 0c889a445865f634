package io.sidestream.index.store;

import io.sidestream.model.resources.Causes;
import io.sidestream.model.resources.DirectoryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where Kafka Streams keeps its stores; another place after one was left open. Not thread-safe. */
public final class StreamsDirectory {
  /*
   * A store of Kafka Streams 4.2 is opened, and then gets its column family. A disk that is full
   * in between ends it there (RocksDBTimestampedStore.openRocksDB), and nothing has the open
   * RocksDB any more to close it. Its lock is on its path and stays as long as the process, so that
   * the task can only be restored in another place. The next process begins in the first one.
   */
  private static final Logger LOG = LoggerFactory.getLogger(StreamsDirectory.class);

  /** As RocksDB says it. */
  private static final String HELD = "lock hold by current process";

  private final Path first;
  private int left;

  private StreamsDirectory(Path first) {
    this.first = first;
  }

  /** Begins in a directory, without those that an earlier process went on to. */
  public static StreamsDirectory at(Path first) throws IOException {
    StreamsDirectory places = new StreamsDirectory(first);
    for (places.left = 1; Files.exists(places.path()); places.left++) {
      DirectoryTree.delete(places.path());
    }
    places.left = 0;
    return places;
  }

  /** The directory; stores below it are restored where there are none. */
  public Path path() {
    return left == 0 ? first : first.resolveSibling(first.getFileName() + "-" + left);
  }

  /** Whether a failure is that this process has a store open that nothing can close. */
  public static boolean isHeld(Throwable failure) {
    return Causes.anySays(failure, message -> message.contains(HELD));
  }

  /** Goes on in another directory. */
  public void leave() {
    Path before = path();
    left++;
    LOG.warn("a store in {} was left open, histories are restored in {}", before, path());
  }
}
