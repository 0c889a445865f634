package io.sidestream.index.store;

import io.sidestream.schemas.ReasonText;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** The index on disk failed: broken, or not writable now, as on a full disk. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** As RocksDB says it, without a code of its own. */
  private static final String FILE_GONE = "No such file or directory";

  private final boolean broken;

  StoreException(String message, RocksDBException cause) {
    super(message + ": " + ReasonText.of(cause), cause);
    this.broken = isBroken(cause);
  }

  private StoreException(String message) {
    super(message);
    this.broken = true;
  }

  /** A store in which something is missing that each has. */
  static StoreException broken(String message) {
    return new StoreException(message);
  }

  private static boolean isBroken(RocksDBException cause) {
    Status status = cause.getStatus();
    return status != null
        && (status.getCode() == Status.Code.Corruption
            || (status.getCode() == Status.Code.IOError
                && ReasonText.of(cause).contains(FILE_GONE)));
  }

  /** Whether bytes changed or files are gone: no later attempt finds them whole. */
  public boolean isBroken() {
    return broken;
  }
}
