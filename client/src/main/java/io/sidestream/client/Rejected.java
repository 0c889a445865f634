package io.sidestream.client;

import io.sidestream.schemas.Topic;
import io.sidestream.schemas.UserErrorException;
import io.sidestream.schemas.access.Acls;
import io.sidestream.schemas.access.ClusterErrors;
import io.sidestream.schemas.kafka.RejectedEntry;
import io.sidestream.schemas.kafka.RejectedFilter;
import io.sidestream.schemas.kafka.RejectedLog;
import io.sidestream.schemas.kafka.RejectedReplay;
import io.sidestream.schemas.kafka.TopicReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;

/** Rejected records that were not replayed: lists them, and writes them back to their topics. */
public final class Rejected {
  private final Connection connection;

  public Rejected(Connection connection) {
    this.connection = connection;
  }

  /** Counts by topic and reason, in the order of the topics and reasons. */
  public List<RejectedSummary> summaries(List<Topic> topics, RejectedFilter filter) {
    List<RejectedSummary> all = new ArrayList<>();
    Brokers.require(connection, Acls.rejected(connection.topics(), topics));
    try (TopicReader reader = new TopicReader(connection.kafka())) {
      for (Topic topic : topics) {
        Map<String, RejectedSummary> byReason = new TreeMap<>();
        new RejectedLog(reader, topic)
            .read(
                filter,
                entry ->
                    byReason.compute(
                        entry.reason(),
                        (reason, so) -> so == null ? RejectedSummary.of(entry) : so.with(entry)));
        all.addAll(byReason.values());
      }
    }
    return all;
  }

  /** Passes on each record, topic by topic. */
  public void records(List<Topic> topics, RejectedFilter filter, Consumer<RejectedEntry> entries) {
    Brokers.require(connection, Acls.rejected(connection.topics(), topics));
    try (TopicReader reader = new TopicReader(connection.kafka())) {
      topics.forEach(topic -> new RejectedLog(reader, topic).read(filter, entries));
    }
  }

  /**
   * Writes the records of a topic back that would not be rejected again.
   *
   * @throws UserErrorException when no broker responds, or it rejects a record
   */
  public RejectedReplay.Outcome replay(Topic topic, RejectedFilter filter) {
    Brokers.require(connection, Acls.replay(connection.topics(), List.of(topic)));
    try {
      return new RejectedReplay(connection.kafka(), connection.topics()).replay(topic, filter);
    } catch (KafkaException e) {
      throw new UserErrorException(
          e,
          "rejected records were not written back to "
              + topic.name()
              + ": "
              + ClusterErrors.reason(e));
    }
  }
}
