package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.VersionedSerializer;
import io.sidestream.schemas.pairs.EventFingerprint;
import io.sidestream.schemas.pairs.RecentEvents;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes {@link RecentEvents}: their number, then the fingerprint of each, oldest first. */
final class RecentEventsSerializer extends VersionedSerializer<RecentEvents> {
  static final RecentEventsSerializer INSTANCE = new RecentEventsSerializer();

  @Override
  protected void write(RecentEvents recent, DataOutputView out) throws IOException {
    out.writeShort(recent.events().size());
    for (EventFingerprint event : recent.events()) {
      EventFingerprints.write(event, out);
    }
  }

  @Override
  protected RecentEvents read(DataInputView in) throws IOException {
    int size = in.readUnsignedShort();
    List<EventFingerprint> events = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      events.add(EventFingerprints.read(in));
    }
    return new RecentEvents(events);
  }
}
