package io.sidestream.index.store;

import io.sidestream.model.bundle.Assignments;
import io.sidestream.schemas.Generation;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.rocksdb.CompressionType;
import org.rocksdb.EnvOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/**
 * Writes a bundle's assignments as one sorted SST file for ingestion into RocksDB, uncompressed:
 * vectors do not shrink.
 */
final class SortedRows {
  private SortedRows() {}

  static void write(Path file, Generation generation, Assignments assignments)
      throws RocksDBException {
    byte[][] keys =
        assignments.items().stream()
            .map(item -> RowFormat.key(generation, item))
            .toArray(byte[][]::new);
    try (EnvOptions environment = new EnvOptions();
        Options options = new Options().setCompressionType(CompressionType.NO_COMPRESSION);
        SstFileWriter writer = new SstFileWriter(environment, options)) {
      writer.open(file.toString());
      for (int row : byBytes(keys)) {
        writer.put(
            keys[row], RowFormat.upserted(assignments.codes()[row], assignments.vectors()[row]));
      }
      writer.finish();
    }
  }

  /** Assignments are in UTF-16 order, RocksDB in unsigned UTF-8 byte order: they can differ. */
  private static int[] byBytes(byte[][] keys) {
    boolean sorted =
        IntStream.range(1, keys.length)
            .allMatch(row -> Arrays.compareUnsigned(keys[row - 1], keys[row]) < 0);
    return sorted ? IntStream.range(0, keys.length).toArray() : sorted(keys);
  }

  private static int[] sorted(byte[][] keys) {
    return IntStream.range(0, keys.length)
        .boxed()
        .sorted((one, other) -> Arrays.compareUnsigned(keys[one], keys[other]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
