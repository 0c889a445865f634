package io.sidestream.ingest.flow;

import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import java.util.Optional;

/** Decoder of the topic that announces generations. */
public final class Announcements {
  private Announcements() {}

  /** The announcement of a record; its key must be the generation's number. */
  public static Optional<GenerationAnnouncement> decode(InboundRecord record)
      throws MalformedRecordException {
    GenerationAnnouncement announcement = record.value(Codecs.generationAnnouncement());
    record.requireKey(announcement.generation().toString());
    return Optional.of(announcement);
  }
}
