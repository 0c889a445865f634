package io.sidestream.index.store;

import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Failures of stores, as RocksDB says them. */
public final class StoreFailures {
  private StoreFailures() {}

  /** Of a disk that is full. */
  public static StoreException fullDisk() {
    return failure(Status.Code.IOError, Status.SubCode.NoSpace, "No space left on device");
  }

  /** Of a block whose bytes changed. */
  public static StoreException changedBytes() {
    return failure(Status.Code.Corruption, Status.SubCode.None, "block checksum mismatch");
  }

  private static StoreException failure(Status.Code code, Status.SubCode subCode, String state) {
    return new StoreException(
        "index", new RocksDBException(state, new Status(code, subCode, state)));
  }
}
