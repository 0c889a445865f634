package io.sidestream.index.requests;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.WriterSchemas;
import io.sidestream.schemas.avro.KeyedRecords;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.pairs.CountedInteraction;
import io.sidestream.schemas.pairs.KindWeights;
import io.sidestream.schemas.registry.RegistryUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes interactions for the histories, and gives them the user's id as key, whichever form the
 * producer's key has; one without a value erases its user, and is forwarded as empty. Malformed
 * ones are skipped and counted here; the counting job, which consumes the same topic, writes them
 * to the rejected topic. So are those whose schema the registry does not give at once: requests,
 * which this thread reads too, are not kept waiting for histories.
 */
final class ReadInteractions
    extends ContextualProcessor<byte[], byte[], byte[], Optional<CountedInteraction>> {
  private static final Logger LOG = LoggerFactory.getLogger(ReadInteractions.class);
  private static final long WARNING_MILLIS = 60_000;

  private final WriterSchemas schemas;
  private final KindWeights weights;
  private final RequestMeters meters;
  private long lastWarningMillis;

  ReadInteractions(WriterSchemas schemas, KindWeights weights, RequestMeters meters) {
    this.schemas = schemas.withoutWaiting();
    this.weights = weights;
    this.meters = meters;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    try {
      if (record.value() == null) {
        forward(record, KeyedRecords.erasedUser(record.key()), Optional.empty());
        meters.interaction("erased");
      } else {
        Interaction event = KeyedRecords.interaction(record.key(), record.value(), schemas);
        CountedInteraction counted = CountedInteraction.of(event, weights);
        if (counted.weight() == 0) {
          meters.interaction("left_out");
        } else {
          forward(record, event.user(), Optional.of(counted));
          meters.interaction(counted.isLike() ? "kept" : "disliked");
        }
      }
    } catch (MalformedRecordException e) {
      meters.interaction("skipped");
    } catch (RegistryUnavailableException e) {
      meters.interaction("no_schema");
      warn(ReasonText.of(e));
    }
  }

  /** Not for each of many. */
  private void warn(String why) {
    long now = context().currentSystemTimeMs();
    if (now - lastWarningMillis >= WARNING_MILLIS) {
      lastWarningMillis = now;
      LOG.warn("interactions are missing in histories: {}", why);
    }
  }

  /** Without the headers: histories need none, and uncompressed they may be more than fits. */
  private void forward(
      Record<byte[], byte[]> record, UserId user, Optional<CountedInteraction> interaction) {
    byte[] key = user.value().getBytes(StandardCharsets.UTF_8);
    context().forward(record.withKey(key).withValue(interaction).withHeaders(new RecordHeaders()));
  }
}
