package io.sidestream.index.store;

import io.sidestream.model.ranking.Neighbours;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.pairs.ItemNeighbours;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * RocksDB store of the neighbours of items, with the offsets up to which they are applied.
 * Thread-safe; one thread writes.
 */
public final class NeighbourStore implements Neighbours, AutoCloseable {
  /*
   * A request reads the neighbours of 20 items, and the incoming total of each of some thousand
   * neighbours. The totals are in memory, for as many items as a catalogue may hold; they also hold
   * the one ItemId that all lists share. Lists are read from RocksDB, and those read last are kept.
   *
   * Offsets are written in the same batch as the neighbours: after a crash the consumer resumes
   * exactly after the last stored record.
   */
  private static final byte[] NEIGHBOURS = "neighbours".getBytes(StandardCharsets.UTF_8);
  private static final long WRITE_BUFFER_BYTES = 16L << 20;

  static {
    RocksDB.loadLibrary();
  }

  private final DBOptions options;
  private final ColumnFamilyOptions familyOptions;
  private final WriteOptions writeOptions = new WriteOptions();
  private final StoreUses uses = new StoreUses("store of neighbours");
  private final RocksDB db;
  private final List<ColumnFamilyHandle> families;
  private final ColumnFamilyHandle metadata;
  private final ColumnFamilyHandle neighbours;
  private final int maxTotals;
  private final Map<ItemId, Incoming> totals = new ConcurrentHashMap<>();
  private final Map<ItemId, ItemNeighbours> recent;
  private volatile boolean allTotals = true;
  private long writes; // guarded by recent

  private record Incoming(ItemId item, long total) {}

  private NeighbourStore(
      DBOptions options,
      ColumnFamilyOptions familyOptions,
      RocksDB db,
      List<ColumnFamilyHandle> families,
      int cachedItems,
      int maxTotals) {
    this.options = options;
    this.familyOptions = familyOptions;
    this.db = db;
    this.families = families;
    this.metadata = families.get(0);
    this.neighbours = families.get(1);
    this.maxTotals = maxTotals;
    this.recent =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<ItemId, ItemNeighbours> eldest) {
            return size() > cachedItems;
          }
        };
  }

  /**
   * Opens the store of this directory, or creates it; a broken one is set aside.
   *
   * @param cachedItems most items whose neighbours are kept in memory
   * @param maxTotals most items whose incoming total is kept in memory
   */
  public static NeighbourStore open(Path directory, int cachedItems, int maxTotals)
      throws IOException {
    return BrokenStores.openOrRebuild(directory, one -> openWhole(one, cachedItems, maxTotals));
  }

  private static NeighbourStore openWhole(Path directory, int cachedItems, int maxTotals)
      throws IOException {
    Files.createDirectories(directory);
    DBOptions options =
        new DBOptions().setCreateIfMissing(true).setCreateMissingColumnFamilies(true);
    ColumnFamilyOptions familyOptions =
        new ColumnFamilyOptions().setWriteBufferSize(WRITE_BUFFER_BYTES);
    List<ColumnFamilyDescriptor> descriptors =
        List.of(
            new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, familyOptions),
            new ColumnFamilyDescriptor(NEIGHBOURS, familyOptions));
    List<ColumnFamilyHandle> families = new ArrayList<>();
    try {
      RocksDB db = RocksDB.open(options, directory.toString(), descriptors, families);
      NeighbourStore store =
          new NeighbourStore(options, familyOptions, db, families, cachedItems, maxTotals);
      store.readWhole(directory);
      return store;
    } catch (RocksDBException e) {
      familyOptions.close();
      options.close();
      throw new StoreException("neighbours " + directory + " do not open", e);
    }
  }

  private void readWhole(Path directory) {
    try {
      db.verifyChecksum();
      readTotals();
    } catch (RocksDBException e) {
      close();
      throw new StoreException("neighbours " + directory + " are not whole", e);
    }
  }

  private void readTotals() throws RocksDBException {
    try (RocksIterator rows = db.newIterator(neighbours)) {
      for (rows.seekToFirst(); rows.isValid() && allTotals; rows.next()) {
        put(item(rows.key()), NeighbourFormat.incoming(rows.value()));
      }
      rows.status();
    }
  }

  private void put(ItemId item, long incoming) {
    if (totals.size() < maxTotals || totals.containsKey(item)) {
      totals.put(item, new Incoming(shared(item), incoming));
    } else {
      allTotals = false;
    }
  }

  private ItemId shared(ItemId item) {
    Incoming known = totals.get(item);
    return known == null ? item : known.item();
  }

  /**
   * Writes neighbours and the offsets to resume from, atomically.
   *
   * @param changes by item; empty where nothing is left of it
   * @param nextOffsets for each partition read, the offset after the last record read
   */
  public void apply(Map<ItemId, Optional<ItemNeighbours>> changes, Map<Integer, Long> nextOffsets) {
    uses.begin();
    try (WriteBatch batch = new WriteBatch()) {
      for (Map.Entry<ItemId, Optional<ItemNeighbours>> change : changes.entrySet()) {
        byte[] key = utf8(change.getKey().value());
        if (change.getValue().isPresent()) {
          batch.put(neighbours, key, NeighbourFormat.write(change.getValue().get()));
        } else {
          batch.delete(neighbours, key);
        }
      }
      PartitionOffsets.put(batch, metadata, nextOffsets);
      db.write(writeOptions, batch);
    } catch (RocksDBException e) {
      throw new StoreException("neighbours cannot be written", e);
    } finally {
      uses.end();
    }
    changes.forEach(
        (item, now) ->
            now.ifPresentOrElse(
                present -> put(item, present.incoming()), () -> totals.remove(item)));
    synchronized (recent) {
      writes++;
      changes.keySet().forEach(recent::remove);
    }
  }

  /** The offset to resume from, by partition. */
  public SortedMap<Integer, Long> nextOffsets() {
    uses.begin();
    try {
      return PartitionOffsets.read(db, metadata);
    } finally {
      uses.end();
    }
  }

  @Override
  public ItemNeighbours of(ItemId item) {
    long before;
    synchronized (recent) {
      ItemNeighbours known = recent.get(item);
      if (known != null) {
        return known;
      }
      before = writes;
    }
    ItemNeighbours read = read(item).map(bytes -> decoded(bytes)).orElse(ItemNeighbours.NONE);
    synchronized (recent) {
      if (before == writes) { // else it may be older than what was written meanwhile
        recent.put(item, read);
      }
    }
    return read;
  }

  private ItemNeighbours decoded(byte[] bytes) {
    return NeighbourFormat.read(bytes, this::shared);
  }

  @Override
  public long incoming(ItemId item) {
    Incoming known = totals.get(item);
    if (known != null || allTotals) {
      return known == null ? 0 : known.total();
    }
    return read(item).map(NeighbourFormat::incoming).orElse(0L);
  }

  /** Number of items with neighbours whose totals are in memory. */
  public int size() {
    return totals.size();
  }

  private Optional<byte[]> read(ItemId item) {
    uses.begin();
    try {
      return Optional.ofNullable(db.get(neighbours, utf8(item.value())));
    } catch (RocksDBException e) {
      throw new StoreException("neighbours of item " + item + " cannot be read", e);
    } finally {
      uses.end();
    }
  }

  private static ItemId item(byte[] key) {
    return new ItemId(new String(key, StandardCharsets.UTF_8));
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
