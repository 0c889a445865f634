package io.sidestream.index.store;

import io.sidestream.model.ranking.Clicks;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.pairs.ClickedItems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;

/** RocksDB store of the items clicked after queries: values as in their topic. */
public final class ClickStore implements Clicks, CountStore<String, ClickedItems>, AutoCloseable {
  private static final long WRITE_BUFFER_BYTES = 16L << 20;

  private final StoreDatabase database;
  private final ColumnFamilyHandle clicks;

  private ClickStore(StoreDatabase database) {
    this.database = database;
    this.clicks = database.family(0);
  }

  /** Opens the store of this directory, or creates it; a broken one is set aside. */
  public static ClickStore open(Path directory) throws IOException {
    return BrokenStores.openOrRebuild(
        directory,
        one ->
            new ClickStore(
                StoreDatabase.open(
                    one,
                    "store of clicks",
                    new ColumnFamilyOptions().setWriteBufferSize(WRITE_BUFFER_BYTES),
                    "clicks")));
  }

  @Override
  public void apply(Map<String, Optional<ClickedItems>> changes, Map<Integer, Long> nextOffsets) {
    database.write(
        "clicks cannot be written",
        nextOffsets,
        batch -> {
          for (Map.Entry<String, Optional<ClickedItems>> change : changes.entrySet()) {
            byte[] query = StoreDatabase.utf8(change.getKey());
            if (change.getValue().isPresent()) {
              batch.put(clicks, query, Codecs.clickedItems().encode(change.getValue().get()));
            } else {
              batch.delete(clicks, query);
            }
          }
        });
  }

  @Override
  public SortedMap<Integer, Long> nextOffsets() {
    return database.nextOffsets();
  }

  @Override
  public ClickedItems of(String query) {
    byte[] key = StoreDatabase.utf8(query);
    Optional<byte[]> stored =
        database.use(
            "clicks after a query cannot be read", db -> Optional.ofNullable(db.get(clicks, key)));
    return stored.map(ClickStore::decoded).orElse(ClickedItems.NONE);
  }

  private static ClickedItems decoded(byte[] value) {
    try {
      return Codecs.clickedItems().decode(value);
    } catch (MalformedRecordException e) {
      throw new IllegalStateException("the store of clicks holds a value that is none", e);
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
