package io.sidestream.index.requests;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.pairs.RecentItems;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/**
 * Decodes interactions for the histories. Malformed ones are skipped and counted here; the counting
 * job, which consumes the same topic, writes them to the rejected topic.
 */
final class ReadInteractions
    extends ContextualFixedKeyProcessor<byte[], byte[], RecentItems.ItemInteraction> {
  private final RequestMeters meters;

  ReadInteractions(RequestMeters meters) {
    this.meters = meters;
  }

  @Override
  public void process(FixedKeyRecord<byte[], byte[]> interaction) {
    Optional<RecentItems.ItemInteraction> visit = visit(interaction.key(), interaction.value());
    meters.interaction(visit.isPresent());
    visit.ifPresent(found -> context().forward(interaction.withValue(found)));
  }

  private static Optional<RecentItems.ItemInteraction> visit(byte[] key, byte[] value) {
    if (key == null || value == null) {
      return Optional.empty();
    }
    try {
      Interaction interaction = Codecs.interaction().decode(value);
      byte[] user = interaction.user().value().getBytes(StandardCharsets.UTF_8);
      return Arrays.equals(user, key)
          ? Optional.of(RecentItems.ItemInteraction.of(interaction))
          : Optional.empty();
    } catch (MalformedRecordException e) {
      return Optional.empty();
    }
  }
}
