package io.sidestream.ingest.pairs;

import io.sidestream.schemas.pairs.EventFingerprint;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of fingerprints: two longs; before them, where there may be none, whether there is one. */
final class EventFingerprints {
  private EventFingerprints() {}

  static void write(EventFingerprint event, DataOutputView out) throws IOException {
    out.writeLong(event.high());
    out.writeLong(event.low());
  }

  static EventFingerprint read(DataInputView in) throws IOException {
    return new EventFingerprint(in.readLong(), in.readLong());
  }

  static void writeOptional(Optional<EventFingerprint> event, DataOutputView out)
      throws IOException {
    out.writeBoolean(event.isPresent());
    if (event.isPresent()) {
      write(event.get(), out);
    }
  }

  static Optional<EventFingerprint> readOptional(DataInputView in) throws IOException {
    return in.readBoolean() ? Optional.of(read(in)) : Optional.empty();
  }
}
