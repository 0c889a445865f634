package io.sidestream.ingest.trigger;

import io.sidestream.ingest.flow.Announcements;
import io.sidestream.ingest.flow.InboundRecord;
import io.sidestream.ingest.flow.Keys;
import io.sidestream.ingest.flow.Values;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import java.util.Optional;

/** What the request job makes of a record. */
final class TrainingSignals {
  private TrainingSignals() {}

  /** An event, well-formed or not: a threshold needs no more than its being there. */
  static Optional<TrainingSignal> event(InboundRecord arrival) {
    return Optional.of(
        new EventsSeen(arrival.topic(), arrival.partition(), arrival.offset() + 1, 1));
  }

  /** An item, by its key alone. */
  static Optional<TrainingSignal> item(InboundRecord arrival) throws MalformedRecordException {
    ItemPlace place = new ItemPlace(arrival.partition(), arrival.offset());
    return Optional.of(new ItemSeen(Keys.text(arrival), place, arrival.value().isEmpty()));
  }

  static Optional<TrainingSignal> requested(InboundRecord arrival) throws MalformedRecordException {
    return Optional.of(
        new TrainingSignal.Requested(Values.required(arrival, Codecs.trainingRequest())));
  }

  static Optional<TrainingSignal> announced(InboundRecord arrival) throws MalformedRecordException {
    return Announcements.announcement(arrival).map(TrainingSignal.Announced::new);
  }
}
