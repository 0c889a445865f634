package io.sidestream.ingest.coding;

import io.sidestream.ingest.flow.RecordHeader;
import io.sidestream.ingest.flow.ValueType;
import java.util.List;

/**
 * An item's event on its way to its codes, which carry its trace; state does not.
 *
 * @param trace the header that names the trace of the record, if it has one
 */
record TracedItem(ItemEvent event, List<RecordHeader> trace) {
  static final ValueType<TracedItem> TYPE =
      new ValueType<>(TracedItem.class, TracedItemSerializer.INSTANCE);

  /** W3C trace context. */
  static final String HEADER = "traceparent";

  TracedItem {
    trace = List.copyOf(trace);
  }

  /** Key of the item's state. */
  String key() {
    return event.key();
  }
}
