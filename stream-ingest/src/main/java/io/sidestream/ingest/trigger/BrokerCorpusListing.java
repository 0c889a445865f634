package io.sidestream.ingest.trigger;

import io.sidestream.ingest.flow.KafkaConnectors;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.kafka.CorpusEnds;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks the broker, over a connection of its own each time: it is rare.
 *
 * @param countingGroup where the counting job notes, after each checkpoint, how far it came
 */
record BrokerCorpusListing(KafkaConnectors kafka, String countingGroup) implements CorpusListing {
  @Override
  public CorpusOffsets list() throws Exception {
    try (Admin admin = admin()) {
      return CorpusEnds.latest(admin, Topics.DEFAULT);
    }
  }

  @Override
  public boolean counted(CorpusOffsets events) throws Exception {
    try (Admin admin = admin()) {
      Map<TopicPartition, OffsetAndMetadata> noted =
          admin
              .listConsumerGroupOffsets(countingGroup)
              .partitionsToOffsetAndMetadata(countingGroup)
              .get();
      return events.ends().entrySet().stream()
          .allMatch(topic -> counted(topic.getKey(), topic.getValue(), noted));
    }
  }

  private static boolean counted(
      String topic, Map<Integer, Long> ends, Map<TopicPartition, OffsetAndMetadata> noted) {
    return ends.entrySet().stream()
        .allMatch(
            end -> {
              OffsetAndMetadata next = noted.get(new TopicPartition(topic, end.getKey()));
              return next != null && next.offset() >= end.getValue();
            });
  }

  private Admin admin() {
    return Admin.create(Map.copyOf(kafka.clients()));
  }
}
