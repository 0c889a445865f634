package io.sidestream.trainer;

import io.sidestream.schemas.TrainingRequest;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.kafka.TopicReader;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says whether a request that waits behind another asks for all of it, and more. */
@FunctionalInterface
interface LaterRequests {
  /*
   * While events come, each request asks for more than a training that began before it: so none is
   * covered by a generation, and a trainer that takes one after the other trains the past, further
   * and further behind, on a corpus that compaction may have thinned out. The last one that waits
   * answers them all.
   */

  /**
   * Whether a later one of the same catalogue covers a request.
   *
   * @param record of the request
   */
  boolean cover(ConsumerRecord<byte[], byte[]> record, TrainingRequest request);

  /**
   * Those on the topic of the record. Where it cannot be read, none is known.
   *
   * @param kafka client settings, {@code bootstrap.servers} at least
   */
  static LaterRequests onTopic(Map<String, ?> kafka) {
    Logger log = LoggerFactory.getLogger(LaterRequests.class);
    return (record, request) -> {
      AtomicBoolean covered = new AtomicBoolean();
      try (TopicReader reader = new TopicReader(kafka)) {
        reader.readUntil(
            record.topic(),
            reader.ends(record.topic()),
            each -> {
              if (each.partition() == record.partition() && each.offset() > record.offset()) {
                covered.compareAndSet(false, covers(each.value(), request));
              }
            });
      } catch (RuntimeException e) {
        if (!BrokersAway.caused(e)) {
          throw e;
        }
        log.warn("later training requests cannot be read: {}", e.getMessage());
      }
      return covered.get();
    };
  }

  private static boolean covers(byte @Nullable [] value, TrainingRequest request) {
    if (value == null) {
      return false;
    }
    try {
      TrainingRequest later = Codecs.trainingRequest().decode(value);
      return later.catalogue().equals(request.catalogue())
          && RequestDeduplication.covers(later.corpus(), request.corpus());
    } catch (MalformedRecordException e) {
      return false; // it is rejected when its turn comes
    }
  }
}
