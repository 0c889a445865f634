package io.sidestream.ingest.flow;

import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.avro.Codec;
import io.sidestream.schemas.avro.Codecs;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Writes a {@link GenerationAnnouncement} in its wire form. */
public final class AnnouncementSerializer extends CodecSerializer<GenerationAnnouncement> {
  /** The one instance. */
  public static final AnnouncementSerializer INSTANCE = new AnnouncementSerializer();

  /** Its type, for Flink. */
  public static final ValueType<GenerationAnnouncement> TYPE =
      new ValueType<>(GenerationAnnouncement.class, INSTANCE);

  @Override
  protected Codec<GenerationAnnouncement> codec() {
    return Codecs.generationAnnouncement();
  }

  @Override
  public TypeSerializerSnapshot<GenerationAnnouncement> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names this serializer in a checkpoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<GenerationAnnouncement> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
