package io.sidestream.ingest.trigger;

import io.sidestream.ingest.flow.Announcements;
import io.sidestream.ingest.flow.InboundRecord;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import java.util.Optional;

/** Decoders of the request job. */
final class TrainingSignals {
  private TrainingSignals() {}

  /** An event, well-formed or not: a threshold only counts. */
  static Optional<TrainingSignal> event(InboundRecord record) {
    return Optional.of(new EventsSeen(record.topic(), record.partition(), record.offset() + 1, 1));
  }

  /** An item, by its key alone. */
  static Optional<TrainingSignal> item(InboundRecord record) throws MalformedRecordException {
    ItemPosition position = new ItemPosition(record.partition(), record.offset());
    return Optional.of(new ItemSeen(record.keyText(), position, record.value().isEmpty()));
  }

  /** A request; one that cannot be read is rejected by the trainer, and by no second process. */
  static Optional<TrainingSignal> requested(InboundRecord record) {
    try {
      return Optional.of(new TrainingSignal.Requested(record.value(Codecs.trainingRequest())));
    } catch (MalformedRecordException e) {
      return Optional.empty();
    }
  }

  static Optional<TrainingSignal> announced(InboundRecord record) throws MalformedRecordException {
    return Announcements.decode(record).map(TrainingSignal.Announced::new);
  }
}
