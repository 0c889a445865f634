package io.sidestream.ingest.pairs;

import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.jspecify.annotations.Nullable;

/** The chunks of rows in Flink's keyed state, where a chunk's number is the namespace. */
final class StateChunks implements KeptRow.Chunks {
  private final Access access;
  private final ValueStateDescriptor<RowChunk> descriptor;

  /** Gives the state of the current key and a namespace. */
  @FunctionalInterface
  interface Access {
    ValueState<RowChunk> state(
        Integer chunk,
        TypeSerializer<Integer> serializer,
        ValueStateDescriptor<RowChunk> descriptor)
        throws Exception;
  }

  StateChunks(Access access, String name) {
    this.access = access;
    this.descriptor = new ValueStateDescriptor<>(name, RowChunkSerializer.INSTANCE);
  }

  @Override
  public @Nullable RowChunk get(int number) throws Exception {
    return state(number).value();
  }

  @Override
  public void put(int number, RowChunk chunk) throws Exception {
    state(number).update(chunk);
  }

  @Override
  public void remove(int number) throws Exception {
    state(number).clear();
  }

  private ValueState<RowChunk> state(int number) throws Exception {
    return access.state(number, IntSerializer.INSTANCE, descriptor);
  }
}
