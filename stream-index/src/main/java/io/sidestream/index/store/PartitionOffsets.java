package io.sidestream.index.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/** The offsets to resume from, by partition, as rows of a column family. */
final class PartitionOffsets {
  private static final String PREFIX = "offset/";

  private PartitionOffsets() {}

  static void put(WriteBatch batch, ColumnFamilyHandle family, Map<Integer, Long> next)
      throws RocksDBException {
    for (Map.Entry<Integer, Long> one : next.entrySet()) {
      byte[] offset = ByteBuffer.allocate(Long.BYTES).putLong(one.getValue()).array();
      batch.put(family, StoreDatabase.utf8(PREFIX + one.getKey()), offset);
    }
  }

  static SortedMap<Integer, Long> read(RocksDB db, ColumnFamilyHandle family)
      throws RocksDBException {
    SortedMap<Integer, Long> offsets = new TreeMap<>();
    try (RocksIterator rows = db.newIterator(family)) {
      for (rows.seek(StoreDatabase.utf8(PREFIX)); rows.isValid(); rows.next()) {
        String key = new String(rows.key(), StandardCharsets.UTF_8);
        if (!key.startsWith(PREFIX)) {
          break;
        }
        int partition = Integer.parseInt(key.substring(PREFIX.length()));
        offsets.put(partition, ByteBuffer.wrap(rows.value()).getLong());
      }
      rows.status();
    }
    return offsets;
  }
}
