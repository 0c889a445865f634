package io.sidestream.index.store;

import io.sidestream.model.resources.DirectoryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stores of Kafka Streams, verified before it opens them: a broken one is set aside. */
public final class StreamsStores {
  /*
   * Kafka Streams finds a changed byte when it reads or flushes, ends, and finds it again after the
   * next start. A task's directory holds its stores and the offsets up to which they were restored
   * from their changelogs: without the directory they are restored from the beginning.
   */
  private static final Logger LOG = LoggerFactory.getLogger(StreamsStores.class);
  private static final String ASIDE = ".broken";

  /** Below the state directory: application, task, {@code rocksdb}, store. */
  private static final int DEPTH = 4;

  private static final int TASK_DEPTH = 2;

  private static final String STORES = "rocksdb";

  private StreamsStores() {}

  /** Sets the tasks aside whose stores are not whole, beside the state directory. */
  public static void setAsideBroken(Path state) throws IOException {
    for (Path store : stores(state)) {
      if (Files.notExists(store)) {
        continue; // its task is aside, for another store
      }
      try {
        verify(store);
      } catch (StoreException e) {
        if (!e.isBroken()) {
          throw e;
        }
        Path task = state.relativize(store).subpath(0, TASK_DEPTH);
        Path broken = state.resolveSibling(state.getFileName() + ASIDE);
        Path aside = broken.resolve(task.getName(TASK_DEPTH - 1));
        LOG.error("{}; its task is set aside as {} and restored", e.getMessage(), aside);
        Files.createDirectories(broken);
        DirectoryTree.delete(aside);
        Files.move(state.resolve(task), aside);
      }
    }
  }

  private static List<Path> stores(Path state) throws IOException {
    if (Files.notExists(state)) {
      return List.of();
    }
    try (Stream<Path> found = Files.find(state, DEPTH, (path, is) -> is.isDirectory())) {
      return found
          .map(state::relativize)
          .filter(path -> path.getNameCount() == DEPTH && path.getName(TASK_DEPTH).endsWith(STORES))
          .map(state::resolve)
          .sorted()
          .toList();
    }
  }

  private static void verify(Path store) {
    List<ColumnFamilyDescriptor> families = new ArrayList<>();
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try (Options options = new Options();
        DBOptions all = new DBOptions(options)) {
      for (byte[] name : RocksDB.listColumnFamilies(options, store.toString())) {
        families.add(new ColumnFamilyDescriptor(name));
      }
      if (families.isEmpty()) { // as a full disk leaves one that was being made
        throw StoreException.broken("store " + store + " of Kafka Streams has no column family");
      }
      try (RocksDB db = RocksDB.openReadOnly(all, store.toString(), families, handles)) {
        db.verifyChecksum();
      } finally {
        handles.forEach(ColumnFamilyHandle::close);
      }
    } catch (RocksDBException e) {
      throw new StoreException("store " + store + " of Kafka Streams is not whole", e);
    }
  }
}
