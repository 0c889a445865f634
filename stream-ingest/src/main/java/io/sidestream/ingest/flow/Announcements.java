package io.sidestream.ingest.flow;

import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import java.util.Optional;

/** Reads the topic that announces generations. */
public final class Announcements {
  private Announcements() {}

  /** The announcement of a record; its key must be the generation's number. */
  public static Optional<GenerationAnnouncement> announcement(InboundRecord arrival)
      throws MalformedRecordException {
    GenerationAnnouncement announcement = Values.required(arrival, Codecs.generationAnnouncement());
    Keys.require(arrival, announcement.generation().toString());
    return Optional.of(announcement);
  }
}
