package io.sidestream.ingest.trigger;

import io.sidestream.ingest.flow.AnnouncementSerializer;
import io.sidestream.ingest.flow.ValueType;
import io.sidestream.ingest.flow.VersionedSerializer;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.TrainingRequest;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes a {@link TrainingSignal}: one byte for the case, then its fields. */
final class TrainingSignalSerializer extends VersionedSerializer<TrainingSignal> {
  static final TrainingSignalSerializer INSTANCE = new TrainingSignalSerializer();
  static final ValueType<TrainingSignal> TYPE = new ValueType<>(TrainingSignal.class, INSTANCE);

  private static final byte EVENTS = 0;
  private static final byte ITEM = 1;
  private static final byte REQUESTED = 2;
  private static final byte ANNOUNCED = 3;

  @Override
  protected void write(TrainingSignal signal, DataOutputView out) throws IOException {
    signal.accept(new Writer(out));
  }

  @Override
  protected TrainingSignal read(DataInputView in) throws IOException {
    byte which = in.readByte();
    return switch (which) {
      case EVENTS -> new EventsSeen(readText(in), in.readInt(), in.readLong(), in.readLong());
      case ITEM ->
          new ItemSeen(
              readText(in), new ItemPosition(in.readInt(), in.readLong()), in.readBoolean());
      case REQUESTED ->
          new TrainingSignal.Requested(TrainingRequestSerializer.INSTANCE.deserialize(in));
      case ANNOUNCED ->
          new TrainingSignal.Announced(AnnouncementSerializer.INSTANCE.deserialize(in));
      default -> throw new IOException("signal is of case " + which + ", expected 0 to 3");
    };
  }

  /** Writes each case. */
  private record Writer(DataOutputView out) implements TrainingSignal.Visitor<IOException> {
    @Override
    public void events(EventsSeen seen) throws IOException {
      out.writeByte(EVENTS);
      writeText(seen.topic(), out);
      out.writeInt(seen.partition());
      out.writeLong(seen.next());
      out.writeLong(seen.records());
    }

    @Override
    public void item(ItemSeen seen) throws IOException {
      out.writeByte(ITEM);
      writeText(seen.item(), out);
      out.writeInt(seen.position().partition());
      out.writeLong(seen.position().offset());
      out.writeBoolean(seen.removed());
    }

    @Override
    public void requested(TrainingRequest request) throws IOException {
      out.writeByte(REQUESTED);
      TrainingRequestSerializer.INSTANCE.serialize(request, out);
    }

    @Override
    public void announced(GenerationAnnouncement announcement) throws IOException {
      out.writeByte(ANNOUNCED);
      AnnouncementSerializer.INSTANCE.serialize(announcement, out);
    }
  }
}
