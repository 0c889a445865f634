package io.sidestream.index.store;

import io.sidestream.model.bundle.Assignments;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

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
  private static final byte[] BUNDLED = "bundled".getBytes(StandardCharsets.UTF_8);
  private static final byte[] CHANGED = "changed".getBytes(StandardCharsets.UTF_8);
  private static final String BUNDLE_PREFIX = "bundle/";

  static {
    RocksDB.loadLibrary();
  }

  private final Path directory;
  private final DBOptions options;
  private final ColumnFamilyOptions familyOptions;
  private final WriteOptions writeOptions = new WriteOptions();
  private final StoreUses uses = new StoreUses("index");
  private final RocksDB db;
  private final List<ColumnFamilyHandle> families;
  private final ColumnFamilyHandle metadata;
  private final ColumnFamilyHandle bundled;
  private final ColumnFamilyHandle changed;

  private AssignmentStore(
      Path directory,
      DBOptions options,
      ColumnFamilyOptions familyOptions,
      RocksDB db,
      List<ColumnFamilyHandle> families) {
    this.directory = directory;
    this.options = options;
    this.familyOptions = familyOptions;
    this.db = db;
    this.families = families;
    this.metadata = families.get(0);
    this.bundled = families.get(1);
    this.changed = families.get(2);
  }

  /** Opens the store of this directory, or creates it; a broken one is set aside. */
  public static AssignmentStore open(Path directory) throws IOException {
    return BrokenStores.openOrRebuild(directory, AssignmentStore::openWhole);
  }

  private static AssignmentStore openWhole(Path directory) throws IOException {
    Files.createDirectories(directory);
    DBOptions options =
        new DBOptions().setCreateIfMissing(true).setCreateMissingColumnFamilies(true);
    ColumnFamilyOptions familyOptions = new ColumnFamilyOptions();
    List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
    for (byte[] name : List.of(RocksDB.DEFAULT_COLUMN_FAMILY, BUNDLED, CHANGED)) {
      descriptors.add(new ColumnFamilyDescriptor(name, familyOptions));
    }
    List<ColumnFamilyHandle> families = new ArrayList<>();
    try {
      RocksDB db = RocksDB.open(options, directory.toString(), descriptors, families);
      AssignmentStore store = new AssignmentStore(directory, options, familyOptions, db, families);
      store.verify();
      return store;
    } catch (RocksDBException e) {
      familyOptions.close();
      options.close();
      throw new StoreException("index " + directory + " does not open", e);
    }
  }

  private void verify() {
    try {
      db.verifyChecksum();
    } catch (RocksDBException e) {
      close();
      throw new StoreException("index " + directory + " is not whole", e);
    }
  }

  /**
   * Ingests the items of a bundle, unless this very bundle was ingested before.
   *
   * @return whether rows were written
   */
  public boolean ingest(Generation generation, String manifestSha256, Assignments assignments)
      throws IOException {
    byte[] bundleKey = bundleKeyOf(generation);
    byte[] hash = manifestSha256.getBytes(StandardCharsets.UTF_8);
    Path file = directory.resolve(generation.directoryName() + ".ingest");
    uses.begin();
    try {
      if (Arrays.equals(db.get(metadata, bundleKey), hash)) {
        return false;
      }
      deleteBundled(generation);
      if (assignments.size() > 0) {
        Files.deleteIfExists(file);
        SortedRows.write(file, generation, assignments);
        try (IngestExternalFileOptions move = new IngestExternalFileOptions().setMoveFiles(true)) {
          db.ingestExternalFile(bundled, List.of(file.toString()), move);
        }
      }
      db.put(metadata, writeOptions, bundleKey, hash);
      return true;
    } catch (RocksDBException e) {
      throw new StoreException("generation " + generation + " cannot be ingested", e);
    } finally {
      uses.end();
      Files.deleteIfExists(file);
    }
  }

  /**
   * Of another bundle, or of an end of the process within an ingestion. Where there are none
   * nothing is deleted: RocksDB flushes all that it has in memory before it ingests into a deleted
   * range.
   */
  private void deleteBundled(Generation generation) throws RocksDBException {
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
    uses.begin();
    try (WriteBatch batch = new WriteBatch()) {
      for (CodedChange change : changes) {
        byte[] value = change.item().map(RowFormat::upserted).orElseGet(RowFormat::removed);
        batch.put(changed, RowFormat.key(change.key().generation(), change.key().item()), value);
      }
      PartitionOffsets.put(batch, metadata, nextOffsets);
      db.write(writeOptions, batch);
    } catch (RocksDBException e) {
      throw new StoreException("changes cannot be written", e);
    } finally {
      uses.end();
    }
  }

  /** The offset to resume from, by partition of coded items. */
  public SortedMap<Integer, Long> nextOffsets() {
    uses.begin();
    try {
      return PartitionOffsets.read(db, metadata);
    } finally {
      uses.end();
    }
  }

  /** All items of a generation, a consistent snapshot sorted by id. */
  public SortedMap<ItemId, CodedItem> items(Generation generation) {
    SortedMap<ItemId, CodedItem> items = new TreeMap<>();
    uses.begin();
    try (ReadOptions oneView = new ReadOptions().setSnapshot(db.getSnapshot())) {
      try {
        scan(bundled, generation, oneView, (item, row) -> put(items, item, row));
        scan(changed, generation, oneView, (item, row) -> put(items, item, row));
      } finally {
        db.releaseSnapshot(oneView.snapshot());
      }
    } catch (RocksDBException e) {
      throw new StoreException("generation " + generation + " cannot be read", e);
    } finally {
      uses.end();
    }
    return items;
  }

  /** The last change of each item of a generation, sorted by id; empty for one removed. */
  public SortedMap<ItemId, Optional<CodedItem>> changes(Generation generation) {
    TreeMap<ItemId, Optional<CodedItem>> changes = new TreeMap<>();
    uses.begin();
    try (ReadOptions view = new ReadOptions()) {
      scan(changed, generation, view, changes::put);
    } catch (RocksDBException e) {
      throw new StoreException("generation " + generation + " cannot be read", e);
    } finally {
      uses.end();
    }
    return changes;
  }

  private static void put(
      SortedMap<ItemId, CodedItem> items, ItemId item, Optional<CodedItem> row) {
    row.ifPresentOrElse(coded -> items.put(item, coded), () -> items.remove(item));
  }

  /** One item of a generation. */
  public Optional<CodedItem> find(Generation generation, ItemId item) {
    byte[] key = RowFormat.key(generation, item);
    uses.begin();
    try {
      byte[] newer = db.get(changed, key);
      byte[] value = newer != null ? newer : db.get(bundled, key);
      return value == null ? Optional.empty() : RowFormat.read(generation, item, value);
    } catch (RocksDBException e) {
      throw new StoreException("item " + item + " cannot be read", e);
    } finally {
      uses.end();
    }
  }

  /** Deletes all rows of a generation. */
  public void retire(Generation generation) {
    byte[] first = RowFormat.firstKey(generation);
    byte[] after = RowFormat.firstKey(generation.next());
    uses.begin();
    try (WriteBatch batch = new WriteBatch()) {
      batch.deleteRange(bundled, first, after);
      batch.deleteRange(changed, first, after);
      batch.delete(metadata, bundleKeyOf(generation));
      db.write(writeOptions, batch);
    } catch (RocksDBException e) {
      throw new StoreException("generation " + generation + " cannot be retired", e);
    } finally {
      uses.end();
    }
  }

  private void scan(
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
    return utf8(BUNDLE_PREFIX + generation);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    uses.close(this::release);
  }

  private void release() {
    families.forEach(ColumnFamilyHandle::close);
    db.close();
    writeOptions.close();
    familyOptions.close();
    options.close();
  }
}
