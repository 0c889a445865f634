package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.ValueType;
import io.sidestream.schemas.pairs.Transition;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A change of an item's transitions: of those to one successor, or of all those to the item.
 *
 * @param item whose counts change
 * @param successor the item that followed; empty where the item's incoming total changes
 * @param change in millionths; negative when a user is erased
 */
record NeighbourChange(String item, Optional<String> successor, long change)
    implements CountChange {
  static final ValueType<NeighbourChange> TYPE =
      new ValueType<>(NeighbourChange.class, NeighbourChangeSerializer.INSTANCE);

  /** A change of what followed an item. */
  static NeighbourChange followed(String item, String successor, long change) {
    return new NeighbourChange(item, Optional.of(successor), change);
  }

  /** A change of an item's incoming total. */
  static NeighbourChange incoming(String item, long change) {
    return new NeighbourChange(item, Optional.empty(), change);
  }

  /** The changes that the transitions of one event, all to one item, make. */
  static Stream<NeighbourChange> of(List<Transition> transitions) {
    if (transitions.isEmpty()) {
      return Stream.empty();
    }
    String to = transitions.get(0).to().value();
    long total = transitions.stream().mapToLong(Transition::weight).sum();
    return Stream.concat(
        transitions.stream().map(each -> followed(each.from().value(), to, each.weight())),
        Stream.of(incoming(to, total)));
  }

  @Override
  public <T> T fold(Function<PairChange, T> pair, Function<NeighbourChange, T> neighbour) {
    return neighbour.apply(this);
  }
}
