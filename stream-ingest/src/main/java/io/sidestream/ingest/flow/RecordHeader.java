package io.sidestream.ingest.flow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** One header of a Kafka record; an absent value is not the same as an empty one. */
public record RecordHeader(String name, Optional<byte[]> value) {
  public RecordHeader {
    value = copy(value);
  }

  @Override
  public Optional<byte[]> value() {
    return copy(value);
  }

  static Optional<byte[]> copy(Optional<byte[]> bytes) {
    return bytes.map(byte[]::clone);
  }

  /** The headers of a Kafka record. */
  static List<RecordHeader> list(Headers headers) {
    List<RecordHeader> list = new ArrayList<>();
    for (Header header : headers) {
      list.add(new RecordHeader(header.key(), Optional.ofNullable(header.value())));
    }
    return list;
  }

  /** The headers as Kafka's clients take them. */
  static Headers kafka(List<RecordHeader> list) {
    Headers headers = new RecordHeaders();
    list.forEach(header -> headers.add(header.name, header.value.orElse(null)));
    return headers;
  }

  /** Writes the headers. */
  public static void write(List<RecordHeader> list, DataOutputView out) throws IOException {
    out.writeInt(list.size());
    for (RecordHeader header : list) {
      VersionedSerializer.writeText(header.name, out);
      VersionedSerializer.writeOptional(header.value, out);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static List<RecordHeader> read(DataInputView in) throws IOException {
    int size = in.readInt();
    List<RecordHeader> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add(
          new RecordHeader(VersionedSerializer.readText(in), VersionedSerializer.readOptional(in)));
    }
    return list;
  }
}
