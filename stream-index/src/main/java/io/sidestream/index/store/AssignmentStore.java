package io.sidestream.index.store;

import io.sidestream.model.bundle.Assignments;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * RocksDB store of the items of each generation: those of its bundle and later changes, with the
 * offsets up to which changes are applied. Thread-safe; one thread writes changes.
 */
public final class AssignmentStore implements AutoCloseable {
  /*
   * Two column families with the same keys: "bundled" is written once by ingesting a sorted file,
   * "changed" from the coded-items topic. A changed row, a tombstone included, takes precedence
   * over a bundled one, since the coding job codes only items newer than the corpus. So a change
   * may arrive before or after its bundle. One family would not do: RocksDB gives an ingested file
   * the newest sequence number, which would put the older rows on top.
   *
   * Offsets are in the default family and written in the same batch as their changes: after a crash
   * the consumer resumes exactly after the last stored change.
   */
  private static final String BUNDLE_PREFIX = "bundle/";

  private final StoreDatabase database;
  private final ColumnFamilyHandle bundled;
  private final ColumnFamilyHandle changed;

  private AssignmentStore(StoreDatabase database) {
    this.database = database;
    this.bundled = database.family(0);
    this.changed = database.family(1);
  }

  /** Opens the store of this directory, or creates it; a broken one is set aside. */
  public static AssignmentStore open(Path directory) throws IOException {
    return BrokenStores.openOrRebuild(
        directory,
        one ->
            new AssignmentStore(
                StoreDatabase.open(one, "index", new ColumnFamilyOptions(), "bundled", "changed")));
  }

  /**
   * Ingests the items of a bundle, unless this very bundle was ingested before.
   *
   * @return whether rows were written
   */
  public boolean ingest(Generation generation, String manifestSha256, Assignments assignments)
      throws IOException {
    byte[] bundleKey = bundleKeyOf(generation);
    byte[] hash = StoreDatabase.utf8(manifestSha256);
    Path file = database.directory().resolve(generation.directoryName() + ".ingest");
    try {
      return database.use(
          "generation " + generation + " cannot be ingested",
          db -> {
            if (Arrays.equals(db.get(database.metadata(), bundleKey), hash)) {
              return false;
            }
            deleteBundled(db, generation);
            if (assignments.size() > 0) {
              Files.deleteIfExists(file);
              SortedRows.write(file, generation, assignments);
              ingest(db, file);
            }
            db.put(database.metadata(), bundleKey, hash);
            return true;
          });
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private void ingest(RocksDB db, Path file) throws RocksDBException {
    try (IngestExternalFileOptions move = new IngestExternalFileOptions().setMoveFiles(true)) {
      db.ingestExternalFile(bundled, List.of(file.toString()), move);
    }
  }

  /**
   * Of another bundle, or of an end of the process within an ingestion. Where there are none
   * nothing is deleted: RocksDB flushes all that it has in memory before it ingests into a deleted
   * range.
   */
  private void deleteBundled(RocksDB db, Generation generation) throws RocksDBException {
    byte[] first = RowFormat.firstKey(generation);
    try (RocksIterator rows = db.newIterator(bundled)) {
      rows.seek(first);
      if (rows.isValid() && RowFormat.belongs(rows.key(), first)) {
        db.deleteRange(bundled, first, RowFormat.firstKey(generation.next()));
      }
      rows.status();
    }
  }

  /**
   * Writes changes and the offsets to resume from, atomically.
   *
   * @param changes in the order of their partitions
   * @param nextOffsets for each partition read, the offset after the last record read
   */
  public void apply(Collection<CodedChange> changes, Map<Integer, Long> nextOffsets) {
    database.write(
        "changes cannot be written",
        nextOffsets,
        batch -> {
          for (CodedChange change : changes) {
            byte[] value = change.item().map(RowFormat::upserted).orElseGet(RowFormat::removed);
            batch.put(
                changed, RowFormat.key(change.key().generation(), change.key().item()), value);
          }
        });
  }

  /** The offset to resume from, by partition of coded items. */
  public SortedMap<Integer, Long> nextOffsets() {
    return database.nextOffsets();
  }

  /** All items of a generation, a consistent snapshot sorted by id. */
  public SortedMap<ItemId, CodedItem> items(Generation generation) {
    return read(
        generation,
        db -> {
          SortedMap<ItemId, CodedItem> items = new TreeMap<>();
          try (ReadOptions oneView = new ReadOptions().setSnapshot(db.getSnapshot())) {
            try {
              scan(db, bundled, generation, oneView, (item, row) -> put(items, item, row));
              scan(db, changed, generation, oneView, (item, row) -> put(items, item, row));
            } finally {
              db.releaseSnapshot(oneView.snapshot());
            }
          }
          return items;
        });
  }

  /** The last change of each item of a generation, sorted by id; empty for one removed. */
  public SortedMap<ItemId, Optional<CodedItem>> changes(Generation generation) {
    return read(
        generation,
        db -> {
          TreeMap<ItemId, Optional<CodedItem>> changes = new TreeMap<>();
          try (ReadOptions view = new ReadOptions()) {
            scan(db, changed, generation, view, changes::put);
          }
          return changes;
        });
  }

  private <T> T read(Generation generation, StoreDatabase.Use<T, RuntimeException> reading) {
    return database.use("generation " + generation + " cannot be read", reading);
  }

  private static void put(
      SortedMap<ItemId, CodedItem> items, ItemId item, Optional<CodedItem> row) {
    row.ifPresentOrElse(coded -> items.put(item, coded), () -> items.remove(item));
  }

  /** One item of a generation. */
  public Optional<CodedItem> find(Generation generation, ItemId item) {
    byte[] key = RowFormat.key(generation, item);
    return database.use(
        "item " + item + " cannot be read",
        db -> {
          byte[] newer = db.get(changed, key);
          byte[] value = newer != null ? newer : db.get(bundled, key);
          return value == null
              ? Optional.<CodedItem>empty()
              : RowFormat.read(generation, item, value);
        });
  }

  /** Deletes all rows of a generation. */
  public void retire(Generation generation) {
    byte[] first = RowFormat.firstKey(generation);
    byte[] after = RowFormat.firstKey(generation.next());
    database.write(
        "generation " + generation + " cannot be retired",
        batch -> {
          batch.deleteRange(bundled, first, after);
          batch.deleteRange(changed, first, after);
          batch.delete(database.metadata(), bundleKeyOf(generation));
        });
  }

  private static void scan(
      RocksDB db,
      ColumnFamilyHandle family,
      Generation generation,
      ReadOptions view,
      BiConsumer<ItemId, Optional<CodedItem>> each)
      throws RocksDBException {
    byte[] first = RowFormat.firstKey(generation);
    try (RocksIterator rows = db.newIterator(family, view)) {
      for (rows.seek(first); rows.isValid(); rows.next()) {
        byte[] key = rows.key();
        if (!RowFormat.belongs(key, first)) {
          break;
        }
        ItemId item = RowFormat.item(key);
        each.accept(item, RowFormat.read(generation, item, rows.value()));
      }
      rows.status();
    }
  }

  private static byte[] bundleKeyOf(Generation generation) {
    return StoreDatabase.utf8(BUNDLE_PREFIX + generation);
  }

  @Override
  public void close() {
    database.close();
  }
}
