package io.sidestream.ingest.flow;

import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.avro.Codec;
import io.sidestream.schemas.avro.Codecs;

/** Serializes a {@link GenerationAnnouncement} in its wire form. */
public final class AnnouncementSerializer extends CodecSerializer<GenerationAnnouncement> {
  /** The one for new state. */
  public static final AnnouncementSerializer INSTANCE = new AnnouncementSerializer();

  /** Its type, for Flink. */
  public static final ValueType<GenerationAnnouncement> TYPE =
      new ValueType<>(GenerationAnnouncement.class, INSTANCE);

  private AnnouncementSerializer() {}

  @Override
  protected Codec<GenerationAnnouncement> codec() {
    return Codecs.generationAnnouncement();
  }
}
