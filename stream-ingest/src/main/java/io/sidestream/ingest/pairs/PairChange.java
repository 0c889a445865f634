package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.ValueType;
import java.util.function.Function;

/**
 * A change of a pair's count.
 *
 * @param key the pair's record key
 * @param change 1 for each co-occurrence; negative when a user is erased
 */
record PairChange(String key, long change) implements CountChange {
  static final ValueType<PairChange> TYPE =
      new ValueType<>(PairChange.class, PairChangeSerializer.INSTANCE);

  /** One co-occurrence. */
  static PairChange one(String key) {
    return new PairChange(key, 1);
  }

  @Override
  public <T> T fold(Function<PairChange, T> pair, Function<NeighbourChange, T> neighbour) {
    return pair.apply(this);
  }
}
