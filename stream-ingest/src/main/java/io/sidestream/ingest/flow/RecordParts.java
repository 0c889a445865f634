package io.sidestream.ingest.flow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes and reads the parts of a Kafka record that may be absent. */
final class RecordParts {
  private static final int ABSENT = -1;

  private RecordParts() {}

  static void writeOptional(Optional<byte[]> bytes, DataOutputView out) throws IOException {
    if (bytes.isEmpty()) {
      out.writeInt(ABSENT);
    } else {
      ValueSerializer.writeBytes(bytes.get(), out);
    }
  }

  static Optional<byte[]> readOptional(DataInputView in) throws IOException {
    int length = in.readInt();
    if (length == ABSENT) {
      return Optional.empty();
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return Optional.of(bytes);
  }

  static void writeFields(List<RecordHeader> fields, DataOutputView out) throws IOException {
    out.writeInt(fields.size());
    for (RecordHeader field : fields) {
      ValueSerializer.writeText(field.name(), out);
      writeOptional(field.value(), out);
    }
  }

  static List<RecordHeader> readFields(DataInputView in) throws IOException {
    int size = in.readInt();
    List<RecordHeader> fields = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      fields.add(new RecordHeader(ValueSerializer.readText(in), readOptional(in)));
    }
    return List.copyOf(fields);
  }
}
