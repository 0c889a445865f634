package io.sidestream.schemas.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class RejectedRecordTest {
  private static final byte[] KEY = {1, 2};
  private static final byte[] VALUE = {(byte) 0xff, 0, 3};

  @Test
  void of_malformedRecord_saysWhereAndWhy() {
    MalformedRecordException cause =
        Assertions.assertThrows(MalformedRecordException.class, () -> Codecs.item().decode(VALUE));

    ProducerRecord<byte[], byte[]> rejected =
        RejectedRecord.of(consumed(), "decode", "io.sidestream.Job", cause);

    assertEquals("items.rejected", rejected.topic());
    assertArrayEquals(KEY, rejected.key());
    assertArrayEquals(VALUE, rejected.value());
    assertEquals(
        Map.ofEntries(
            Map.entry("mine", "kept"),
            Map.entry("__connect.errors.topic", "items"),
            Map.entry("__connect.errors.partition", "3"),
            Map.entry("__connect.errors.offset", "42"),
            Map.entry("__connect.errors.connector.name", "sidestream"),
            Map.entry("__connect.errors.task.id", "3"),
            Map.entry("__connect.errors.stage", "decode"),
            Map.entry("__connect.errors.class.name", "io.sidestream.Job"),
            Map.entry(
                "__connect.errors.exception.class.name",
                "io.sidestream.schemas.avro.MalformedRecordException"),
            Map.entry(
                "__connect.errors.exception.message", "value has 3 bytes, expected at least 10"),
            Map.entry("sidestream_reason", "unreadable")),
        texts(rejected));
  }

  @Test
  void of_recordRejectedBefore_carriesOnlyTheLastRejection() {
    ConsumerRecord<byte[], byte[]> again = consumed();
    again.headers().add(RejectedRecord.MESSAGE, "old".getBytes(StandardCharsets.UTF_8));

    ProducerRecord<byte[], byte[]> rejected =
        RejectedRecord.of(again, "decode", "Job", new IllegalStateException("new"));

    assertEquals("new", texts(rejected).get(RejectedRecord.MESSAGE));
    assertEquals("failed", texts(rejected).get(RejectedRecord.REASON));
    assertEquals(11, rejected.headers().toArray().length);
  }

  @Test
  void of_longMessage_isCut() {
    String message = "x".repeat(RejectedRecord.MAX_MESSAGE + 1);

    ProducerRecord<byte[], byte[]> rejected =
        RejectedRecord.of(consumed(), "decode", "Job", new Exception(message));

    assertEquals(RejectedRecord.MAX_MESSAGE, texts(rejected).get(RejectedRecord.MESSAGE).length());
  }

  private static ConsumerRecord<byte[], byte[]> consumed() {
    ConsumerRecord<byte[], byte[]> consumed = new ConsumerRecord<>("items", 3, 42, KEY, VALUE);
    consumed.headers().add("mine", "kept".getBytes(StandardCharsets.UTF_8));
    return consumed;
  }

  private static Map<String, String> texts(ProducerRecord<byte[], byte[]> record) {
    Map<String, String> texts = new TreeMap<>();
    for (Header header : record.headers()) {
      texts.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
    }
    return texts;
  }
}
