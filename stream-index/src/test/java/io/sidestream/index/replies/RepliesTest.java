package io.sidestream.index.replies;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.model.generator.Task;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.kafka.RequestHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class RepliesTest {
  private static final RequestHeaders NAMES = RequestHeaders.DEFAULT;
  private static final Reply OK =
      new Reply(Reply.Status.OK, "", Optional.of(new Generation(3)), List.of());
  private static final Reply INVALID =
      new Reply(Reply.Status.INVALID, "k is 0, expected 1 to 500", Optional.empty(), List.of());

  private final Replies replies = new Replies(NAMES, Topics.DEFAULT, Set.of("mine"));

  @Test
  void to_noHeaders_goesToTheResultTopicOfItsTask() {
    assertEquals("search-results", replies.to(Task.SEARCH, headers(), OK).topic());
    assertEquals("recommendation-results", replies.to(Task.RECOMMENDATION, headers(), OK).topic());
  }

  @Test
  void to_allowedTopic_goesThere() {
    Headers request = headers().add(NAMES.replyTopic(), utf8("mine"));
    assertEquals("mine", replies.to(Task.SEARCH, request, OK).topic());
    assertFalse(replies.namesForbiddenTopic(request));
    Headers other = headers().add(NAMES.replyTopic(), utf8("search-results"));
    assertEquals("search-results", replies.to(Task.RECOMMENDATION, other, OK).topic());
  }

  @Test
  void to_forbiddenTopic_goesToTheResultTopicByKey() {
    Headers request =
        headers()
            .add(NAMES.replyTopic(), utf8("items"))
            .add(NAMES.replyPartition(), RequestHeaders.partitionBytes(1));
    OutgoingReply reply = replies.to(Task.SEARCH, request, OK);
    assertEquals("search-results", reply.topic());
    assertEquals(Optional.empty(), reply.partition());
    assertTrue(replies.namesForbiddenTopic(request));
  }

  @Test
  void to_partition_isTakenWhereItMakesSense() {
    assertEquals(Optional.of(258), partitionOf(new byte[] {0, 0, 1, 2}));
    assertEquals(Optional.empty(), partitionOf(new byte[] {-1, -1, -1, -1}));
    assertEquals(Optional.empty(), partitionOf(new byte[] {0, 0, 1}));
    assertEquals(Optional.empty(), partitionOf(null));
    OutgoingReply reply =
        replies.to(
            Task.SEARCH,
            headers().add(NAMES.replyPartition(), RequestHeaders.partitionBytes(3)),
            OK);
    assertEquals(Optional.of(3), reply.partitionOf(4));
    assertEquals(Optional.empty(), reply.partitionOf(3));
  }

  @Test
  void to_reply_echoesCorrelationAndTraceAndNothingElse() {
    byte[] correlation = {0, -1};
    Headers request =
        headers()
            .add(NAMES.correlationId(), correlation)
            .add(NAMES.traceparent(), utf8("00-a-b-01"))
            .add("__TypeId__", utf8("com.example.Request"));
    Headers reply = replies.to(Task.SEARCH, request, OK).headers();
    assertArrayEquals(correlation, reply.lastHeader(NAMES.correlationId()).value());
    assertEquals(Optional.of("00-a-b-01"), NAMES.text(reply, NAMES.traceparent()));
    assertEquals(Optional.of("OK"), NAMES.text(reply, NAMES.status()));
    assertEquals(Optional.of("3"), NAMES.text(reply, NAMES.generation()));
    assertEquals(4, reply.toArray().length);
  }

  @Test
  void to_error_hasItsSentenceAndNoGeneration() {
    Headers reply = replies.to(Task.SEARCH, headers(), INVALID).headers();
    assertEquals(Optional.of(INVALID.detail()), NAMES.text(reply, NAMES.error()));
    assertNull(reply.lastHeader(NAMES.generation()));
  }

  private Optional<Integer> partitionOf(byte[] header) {
    Headers request = headers().add(NAMES.replyPartition(), header);
    return replies.to(Task.SEARCH, request, OK).partition();
  }

  private static Headers headers() {
    return new RecordHeaders();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
