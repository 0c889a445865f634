package io.sidestream.schemas.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class RequestHeadersTest {
  private static final RequestHeaders NAMES = RequestHeaders.DEFAULT;

  @Test
  void correlationIdOf_anyBytes_areReturnedAsTheyAre() {
    byte[] id = {0, (byte) 0x80, -1};
    RecordHeaders headers = new RecordHeaders();
    headers.add("kafka_correlationId", id);

    assertArrayEquals(id, NAMES.correlationIdOf(headers).orElseThrow());
  }

  @Test
  void replyPartitionOf_fourBytes_areBigEndian() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("kafka_replyPartition", new byte[] {0, 0, 1, 2});

    assertEquals(Optional.of(258), NAMES.replyPartitionOf(headers));
    assertArrayEquals(new byte[] {0, 0, 1, 2}, RequestHeaders.partitionBytes(258));
  }

  @Test
  void replyPartitionOf_absentWrongLengthOrNegative_isEmpty() {
    assertEquals(Optional.empty(), NAMES.replyPartitionOf(new RecordHeaders()));
    for (byte[] wrong : new byte[][] {null, {}, {1, 2, 3}, {0, 0, 0, 0, 1}, {-1, 0, 0, 0}}) {
      RecordHeaders headers = new RecordHeaders();
      headers.add("kafka_replyPartition", wrong);

      assertEquals(Optional.empty(), NAMES.replyPartitionOf(headers));
    }
  }

  @Test
  void replyTopicOf_absentHeader_isEmpty() {
    assertEquals(Optional.empty(), NAMES.replyTopicOf(new RecordHeaders()));
  }
}
