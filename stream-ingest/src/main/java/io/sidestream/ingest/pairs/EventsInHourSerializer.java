package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.VersionedSerializer;
import io.sidestream.schemas.pairs.EventsInHour;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes {@link EventsInHour}: the hour, then how many counted. */
final class EventsInHourSerializer extends VersionedSerializer<EventsInHour> {
  static final EventsInHourSerializer INSTANCE = new EventsInHourSerializer();

  @Override
  protected void write(EventsInHour events, DataOutputView out) throws IOException {
    out.writeLong(events.hour());
    out.writeInt(events.counted());
  }

  @Override
  protected EventsInHour read(DataInputView in) throws IOException {
    return new EventsInHour(in.readLong(), in.readInt());
  }
}
