package io.sidestream.ingest.trigger;

import io.sidestream.ingest.flow.KafkaConnectors;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.kafka.CorpusEnds;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads offsets from the broker, over a new connection each time: it is rare.
 *
 * @param corpus names of the topics that make a corpus
 * @param countingGroup consumer group of the counting job, which commits its offsets after each
 *     checkpoint
 */
record BrokerCorpusListing(KafkaConnectors kafka, List<String> corpus, String countingGroup)
    implements CorpusListing {
  BrokerCorpusListing {
    corpus = List.copyOf(corpus);
  }

  @Override
  public CorpusOffsets list() throws Exception {
    try (Admin admin = admin()) {
      return CorpusEnds.latest(admin, corpus);
    }
  }

  @Override
  public boolean counted(CorpusOffsets events) throws Exception {
    try (Admin admin = admin()) {
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin
              .listConsumerGroupOffsets(countingGroup)
              .partitionsToOffsetAndMetadata(countingGroup)
              .get();
      return events.ends().entrySet().stream()
          .allMatch(topic -> counted(topic.getKey(), topic.getValue(), committed));
    }
  }

  private static boolean counted(
      String topic, Map<Integer, Long> ends, Map<TopicPartition, OffsetAndMetadata> committed) {
    return ends.entrySet().stream()
        .allMatch(
            end -> {
              OffsetAndMetadata next = committed.get(new TopicPartition(topic, end.getKey()));
              return next != null && next.offset() >= end.getValue();
            });
  }

  private Admin admin() {
    return Admin.create(Map.copyOf(kafka.clients()));
  }
}
