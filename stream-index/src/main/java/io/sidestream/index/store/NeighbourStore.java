package io.sidestream.index.store;

import io.sidestream.model.ranking.Neighbours;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.pairs.ItemNeighbours;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.RocksIterator;

/** RocksDB store of the neighbours of items. */
public final class NeighbourStore
    implements Neighbours, CountStore<ItemId, ItemNeighbours>, AutoCloseable {
  /*
   * A request reads the neighbours of 20 items, and the incoming total of each of some thousand
   * neighbours. The totals are in memory, for as many items as a catalogue may hold; they also hold
   * the one ItemId that all lists share. Lists are read from RocksDB, and those read last are kept.
   */
  private static final long WRITE_BUFFER_BYTES = 16L << 20;

  private final StoreDatabase database;
  private final ColumnFamilyHandle neighbours;
  private final int maxTotals;
  private final Map<ItemId, Incoming> totals = new ConcurrentHashMap<>();
  private final Map<ItemId, ItemNeighbours> recent;
  private volatile boolean allTotals = true;
  private long writes; // guarded by recent

  private record Incoming(ItemId item, long total) {}

  private NeighbourStore(StoreDatabase database, int cachedItems, int maxTotals) {
    this.database = database;
    this.neighbours = database.family(0);
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
    ColumnFamilyOptions options = new ColumnFamilyOptions().setWriteBufferSize(WRITE_BUFFER_BYTES);
    NeighbourStore store =
        new NeighbourStore(
            StoreDatabase.open(directory, "store of neighbours", options, "neighbours"),
            cachedItems,
            maxTotals);
    try {
      store.readTotals();
      return store;
    } catch (StoreException e) {
      store.close();
      throw e;
    }
  }

  private void readTotals() {
    database.run(
        "totals of neighbours cannot be read",
        db -> {
          try (RocksIterator rows = db.newIterator(neighbours)) {
            for (rows.seekToFirst(); rows.isValid() && allTotals; rows.next()) {
              put(item(rows.key()), NeighbourFormat.incoming(rows.value()));
            }
            rows.status();
          }
        });
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

  @Override
  public void apply(Map<ItemId, Optional<ItemNeighbours>> changes, Map<Integer, Long> nextOffsets) {
    database.write(
        "neighbours cannot be written",
        nextOffsets,
        batch -> {
          for (Map.Entry<ItemId, Optional<ItemNeighbours>> change : changes.entrySet()) {
            byte[] key = StoreDatabase.utf8(change.getKey().value());
            if (change.getValue().isPresent()) {
              batch.put(neighbours, key, NeighbourFormat.write(change.getValue().get()));
            } else {
              batch.delete(neighbours, key);
            }
          }
        });
    changes.forEach(
        (item, now) ->
            now.ifPresentOrElse(
                present -> put(item, present.incoming()), () -> totals.remove(item)));
    synchronized (recent) {
      writes++;
      changes.keySet().forEach(recent::remove);
    }
  }

  @Override
  public SortedMap<Integer, Long> nextOffsets() {
    return database.nextOffsets();
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
    byte[] key = StoreDatabase.utf8(item.value());
    return database.use(
        "neighbours of item " + item + " cannot be read",
        db -> Optional.ofNullable(db.get(neighbours, key)));
  }

  private static ItemId item(byte[] key) {
    return new ItemId(new String(key, StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    database.close();
  }
}
