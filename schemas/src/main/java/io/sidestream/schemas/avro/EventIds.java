package io.sidestream.schemas.avro;

import io.sidestream.schemas.EventId;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;

/** The field of events that names them; the first schemas lack it. */
final class EventIds {
  private static final String NAME = "eventId";

  private EventIds() {}

  static void put(GenericRecord avro, Optional<EventId> id) {
    if (avro.getSchema().getField(NAME) != null) {
      avro.put(NAME, AvroValues.optional(id));
    }
  }

  static Optional<EventId> read(AvroFields fields) {
    return fields.optional(NAME, id -> new EventId(id.toString()));
  }
}
