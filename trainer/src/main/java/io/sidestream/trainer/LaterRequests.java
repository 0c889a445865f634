package io.sidestream.trainer;

import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.TrainingRequest;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.kafka.GenerationLog;
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
   *
   * None is left to a later one once its generation is announced: as a candidate without a verdict,
   * where the trainer ended in between, it would stay one for good. Nor is a manual one left to one
   * that asks for no more and is not manual: a generation may answer that already.
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
   * @param generations topic of the announcements
   */
  static LaterRequests onTopic(Map<String, ?> kafka, Topic generations) {
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
        return covered.get() && !isAnswered(request, GenerationLog.read(kafka, generations));
      } catch (RuntimeException e) {
        if (!BrokersAway.caused(e)) {
          throw e;
        }
        log.warn("later training requests cannot be read: {}", e.getMessage());
        return false;
      }
    };
  }

  private static boolean isAnswered(TrainingRequest request, GenerationHistory history) {
    return RequestDeduplication.of(request, history).isPresent();
  }

  private static boolean covers(byte @Nullable [] value, TrainingRequest request) {
    if (value == null) {
      return false;
    }
    try {
      TrainingRequest later = Codecs.trainingRequest().decode(value);
      return later.catalogue().equals(request.catalogue())
          && RequestDeduplication.covers(later.corpus(), request.corpus())
          && (!isManual(request)
              || isManual(later)
              || !RequestDeduplication.covers(request.corpus(), later.corpus()));
    } catch (MalformedRecordException e) {
      return false; // it is rejected when its turn comes
    }
  }

  private static boolean isManual(TrainingRequest request) {
    return request.reason() == TrainingRequest.Reason.BY_HAND;
  }
}
