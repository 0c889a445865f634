package io.sidestream.ingest.flow;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes an {@link OutboundRecord}: topic, key, value, headers. */
final class OutboundRecordSerializer extends VersionedSerializer<OutboundRecord> {
  static final OutboundRecordSerializer INSTANCE = new OutboundRecordSerializer();

  @Override
  protected void write(OutboundRecord record, DataOutputView out) throws IOException {
    writeText(record.topic(), out);
    writeOptional(record.key(), out);
    writeOptional(record.value(), out);
    RecordHeader.write(record.headers(), out);
  }

  @Override
  protected OutboundRecord read(DataInputView in) throws IOException {
    return new OutboundRecord(
        readText(in), readOptional(in), readOptional(in), RecordHeader.read(in));
  }
}
