package io.sidestream.ingest.requests;

import io.sidestream.ingest.flow.Announcements;
import io.sidestream.ingest.flow.Arrival;
import io.sidestream.ingest.flow.Keys;
import io.sidestream.ingest.flow.Values;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import java.util.Optional;

/** What the request job makes of a record. */
final class Sightings {
  private Sightings() {}

  /** An event, well-formed or not: a threshold needs no more than its being there. */
  static Optional<Sighting> event(Arrival arrival) {
    return Optional.of(
        new EventsSeen(arrival.topic(), arrival.partition(), arrival.offset() + 1, 1));
  }

  /** An item, by its key alone. */
  static Optional<Sighting> item(Arrival arrival) throws MalformedRecordException {
    ItemPlace place = new ItemPlace(arrival.partition(), arrival.offset());
    return Optional.of(new ItemSeen(Keys.text(arrival), place, arrival.value().isEmpty()));
  }

  static Optional<Sighting> requested(Arrival arrival) throws MalformedRecordException {
    return Optional.of(new Sighting.Requested(Values.required(arrival, Codecs.trainingRequest())));
  }

  static Optional<Sighting> announced(Arrival arrival) throws MalformedRecordException {
    return Announcements.announcement(arrival).map(Sighting.Announced::new);
  }
}
