package io.sidestream.ingest.coding;

import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.Item;

/** Codes items for one generation. Thread-safe. */
interface ItemCoder extends AutoCloseable {
  /** The item's codes and vector. */
  CodedItem code(Item item);

  @Override
  void close();
}
