package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.ValueType;
import java.util.function.Function;

/** A change of some count: of a pair, or of an item's neighbours. */
sealed interface CountChange permits PairChange, NeighbourChange {
  /** Its type, for Flink. */
  ValueType<CountChange> ANY = new ValueType<>(CountChange.class, CountChangeSerializer.INSTANCE);

  /** The value of whichever case this is. */
  <T> T fold(Function<PairChange, T> pair, Function<NeighbourChange, T> neighbour);
}
