package io.sidestream.chaos.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.kafka.RecordCheck;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class PoisonRecordsTest {
  private static final int PER_TOPIC = 200;
  private final PoisonRecords poison = new PoisonRecords(Topics.DEFAULT);

  @Test
  void draw_anyTopic_givesRecordsThatAreRejected() {
    Map<String, Topic> topics =
        Topics.DEFAULT.all().stream().collect(Collectors.toMap(Topic::name, Function.identity()));
    RecordCheck check = new RecordCheck(Topics.DEFAULT);
    List<ProducerRecord<byte[], byte[]>> drawn = poison.draw(PER_TOPIC, new SplittableRandom(1));
    assertEquals(PER_TOPIC * poison.topics().size(), drawn.size());
    for (ProducerRecord<byte[], byte[]> record : drawn) {
      assertThrows(
          MalformedRecordException.class,
          () -> check.check(topics.get(record.topic()), record.key(), record.value()));
    }
  }

  @Test
  void draw_sameSeed_givesTheSameRecords() {
    List<ProducerRecord<byte[], byte[]>> one = poison.draw(10, new SplittableRandom(7));
    List<ProducerRecord<byte[], byte[]>> other = poison.draw(10, new SplittableRandom(7));
    for (int i = 0; i < one.size(); i++) {
      assertArrayEquals(one.get(i).key(), other.get(i).key());
      assertArrayEquals(one.get(i).value(), other.get(i).value());
    }
  }
}
