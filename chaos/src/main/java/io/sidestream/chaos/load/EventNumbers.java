package io.sidestream.chaos.load;

import io.sidestream.client.Connection;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.KeyedRecords;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.kafka.TopicReader;
import java.util.ArrayList;
import java.util.List;

/** The numbers of events: their times, which are all different in a sample. */
public final class EventNumbers {
  private EventNumbers() {}

  static String of(Interaction event) {
    return "interaction " + event.at().toEpochMilli();
  }

  static String of(Search event) {
    return "search " + event.at().toEpochMilli();
  }

  /** Those of all events on the topics now, each as often as it is there. */
  public static List<String> read(Connection connection) {
    Topics topics = connection.topics();
    List<String> found = new ArrayList<>();
    try (TopicReader reader = new TopicReader(connection.kafka())) {
      reader.readAll(
          topics.interactions().name(),
          record -> {
            try {
              found.add(
                  of(KeyedRecords.interaction(record.key(), record.value(), topics.schemas())));
            } catch (MalformedRecordException e) {
              // None of ours.
            }
          });
      reader.readAll(
          topics.searches().name(),
          record -> {
            try {
              found.add(of(Codecs.search().decode(record.value(), topics.schemas())));
            } catch (MalformedRecordException e) {
              // None of ours.
            }
          });
    }
    return found;
  }
}
