package io.sidestream.index.requests;

import io.sidestream.schemas.avro.KeyedRecords;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.pairs.RecentItems.ItemInteraction;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/**
 * Decodes interactions for the histories; one without a value erases its user, and is forwarded as
 * empty. Malformed ones are skipped and counted here; the counting job, which consumes the same
 * topic, writes them to the rejected topic.
 */
final class ReadInteractions
    extends ContextualFixedKeyProcessor<byte[], byte[], Optional<ItemInteraction>> {
  private final RequestMeters meters;

  ReadInteractions(RequestMeters meters) {
    this.meters = meters;
  }

  @Override
  public void process(FixedKeyRecord<byte[], byte[]> record) {
    Optional<ItemInteraction> interaction;
    try {
      interaction = decoded(record.key(), record.value());
    } catch (MalformedRecordException e) {
      meters.interaction("skipped");
      return;
    }
    meters.interaction(interaction.isPresent() ? "kept" : "erased");
    context().forward(record.withValue(interaction));
  }

  private static Optional<ItemInteraction> decoded(byte[] key, byte[] value)
      throws MalformedRecordException {
    if (value == null) {
      KeyedRecords.erasedUser(key);
      return Optional.empty();
    }
    return Optional.of(ItemInteraction.of(KeyedRecords.interaction(key, value)));
  }
}
