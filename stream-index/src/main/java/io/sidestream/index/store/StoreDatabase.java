package io.sidestream.index.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The RocksDB of a store with its column families. The default family holds what the store says of
 * itself, among it the offsets up to which changes are applied. Thread-safe; it is closed when
 * nothing uses it.
 */
final class StoreDatabase implements AutoCloseable {
  static {
    RocksDB.loadLibrary();
  }

  /** Something that is read from the store, or done with it. */
  interface Use<T, E extends Exception> {
    T of(RocksDB db) throws RocksDBException, E;
  }

  /** Something that is done with the store. */
  interface Work {
    void on(RocksDB db) throws RocksDBException;
  }

  /** What a write consists of. */
  interface Change {
    void addTo(WriteBatch batch) throws RocksDBException;
  }

  private final Path directory;
  private final StoreUses uses;
  private final DBOptions options;
  private final ColumnFamilyOptions familyOptions;
  private final WriteOptions writeOptions = new WriteOptions();
  private final RocksDB db;
  private final List<ColumnFamilyHandle> families;

  private StoreDatabase(
      Path directory,
      String name,
      DBOptions options,
      ColumnFamilyOptions familyOptions,
      RocksDB db,
      List<ColumnFamilyHandle> families) {
    this.directory = directory;
    this.uses = new StoreUses(name);
    this.options = options;
    this.familyOptions = familyOptions;
    this.db = db;
    this.families = families;
  }

  /**
   * Opens the store of a directory, or creates it, and verifies its checksums.
   *
   * @param name for messages
   * @param familyOptions of all families; closed with the store
   * @param families beside the default one
   */
  static StoreDatabase open(
      Path directory, String name, ColumnFamilyOptions familyOptions, String... families)
      throws IOException {
    Files.createDirectories(directory);
    DBOptions options =
        new DBOptions().setCreateIfMissing(true).setCreateMissingColumnFamilies(true);
    List<ColumnFamilyDescriptor> descriptors =
        Stream.concat(
                Stream.of(RocksDB.DEFAULT_COLUMN_FAMILY),
                Arrays.stream(families).map(StoreDatabase::utf8))
            .map(family -> new ColumnFamilyDescriptor(family, familyOptions))
            .toList();
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    StoreDatabase opened;
    try {
      RocksDB db = RocksDB.open(options, directory.toString(), descriptors, handles);
      opened = new StoreDatabase(directory, name, options, familyOptions, db, handles);
    } catch (RocksDBException e) {
      familyOptions.close();
      options.close();
      throw new StoreException(name + " " + directory + " does not open", e);
    }
    try {
      opened.db.verifyChecksum();
      return opened;
    } catch (RocksDBException e) {
      opened.close();
      throw new StoreException(name + " " + directory + " is not whole", e);
    }
  }

  Path directory() {
    return directory;
  }

  /** The default family. */
  ColumnFamilyHandle metadata() {
    return families.get(0);
  }

  /** The n-th of the families beside the default one, from 0. */
  ColumnFamilyHandle family(int n) {
    return families.get(n + 1);
  }

  /**
   * Does something while the store stays open.
   *
   * @param failed what is said when RocksDB refuses
   * @throws IllegalStateException when the store is closed
   */
  <T, E extends Exception> T use(String failed, Use<T, E> use) throws E {
    uses.begin();
    try {
      return use.of(db);
    } catch (RocksDBException e) {
      throw new StoreException(failed, e);
    } finally {
      uses.end();
    }
  }

  /** The same without a result. */
  void run(String failed, Work work) {
    use(
        failed,
        open -> {
          work.on(open);
          return true;
        });
  }

  /** Writes all of a change or nothing of it. */
  void write(String failed, Change change) {
    run(
        failed,
        open -> {
          try (WriteBatch batch = new WriteBatch()) {
            change.addTo(batch);
            open.write(writeOptions, batch);
          }
        });
  }

  /**
   * Writes a change with the offsets to resume from, all or nothing.
   *
   * @param nextOffsets for each partition read, the offset after the last record read
   */
  void write(String failed, Map<Integer, Long> nextOffsets, Change change) {
    write(
        failed,
        batch -> {
          change.addTo(batch);
          PartitionOffsets.put(batch, metadata(), nextOffsets);
        });
  }

  /** The offset to resume from, by partition. */
  SortedMap<Integer, Long> nextOffsets() {
    return use("offsets cannot be read", open -> PartitionOffsets.read(open, metadata()));
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    uses.close(
        () -> {
          families.forEach(ColumnFamilyHandle::close);
          db.close();
          writeOptions.close();
          familyOptions.close();
          options.close();
        });
  }
}
