package io.sidestream.ingest.flow;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes an {@link InboundRecord}: topic, partition, offset, key, value, headers. */
final class InboundRecordSerializer extends VersionedSerializer<InboundRecord> {
  static final InboundRecordSerializer INSTANCE = new InboundRecordSerializer();

  @Override
  protected void write(InboundRecord record, DataOutputView out) throws IOException {
    writeText(record.topic(), out);
    out.writeInt(record.partition());
    out.writeLong(record.offset());
    writeOptional(record.key(), out);
    writeOptional(record.value(), out);
    RecordHeader.write(record.headers(), out);
  }

  @Override
  protected InboundRecord read(DataInputView in) throws IOException {
    return new InboundRecord(
        readText(in),
        in.readInt(),
        in.readLong(),
        readOptional(in),
        readOptional(in),
        RecordHeader.read(in));
  }
}
