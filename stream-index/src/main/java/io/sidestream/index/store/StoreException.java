package io.sidestream.index.store;

import io.sidestream.schemas.ReasonText;
import org.rocksdb.RocksDBException;

/** The index on disk failed; the process cannot continue. */
final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreException(String message, RocksDBException cause) {
    super(message + ": " + ReasonText.of(cause), cause);
  }
}
