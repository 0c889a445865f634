package io.sidestream.ingest.pairs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;

/** Moves the counts of successors from a map for each item, as earlier versions had, to rows. */
final class FormerSuccessors {
  private static final String STATE = "successors";

  private FormerSuccessors() {}

  /**
   * Moves all that the state holds.
   *
   * @param setKey makes a key the current one
   */
  static void move(
      RuntimeContext context,
      KeyedStateBackend<String> backend,
      Consumer<String> setKey,
      KeptRow rows)
      throws Exception {
    MapState<String, Long> former =
        context.getMapState(
            new MapStateDescriptor<>(STATE, StringSerializer.INSTANCE, LongSerializer.INSTANCE));
    List<String> items;
    try (Stream<String> all = backend.getKeys(STATE, VoidNamespace.INSTANCE)) {
      items = all.distinct().toList();
    }
    for (String item : items) {
      setKey.accept(item);
      List<CountRow> counts = new ArrayList<>();
      for (Map.Entry<String, Long> successor : former.entries()) {
        counts.add(CountRow.of(successor.getKey(), successor.getValue()));
      }
      rows.add(CountRow.sum(counts), (name, length, sum) -> {});
      former.clear();
    }
  }
}
