package io.sidestream.index.requests;

import io.sidestream.index.replies.OutgoingReply;
import org.apache.kafka.streams.processor.RecordContext;
import org.apache.kafka.streams.processor.TopicNameExtractor;

/** Routes a reply to the topic it is addressed to. */
record ReplyTopicExtractor() implements TopicNameExtractor<byte[], OutgoingReply> {
  @Override
  public String extract(byte[] key, OutgoingReply reply, RecordContext context) {
    return reply.topic();
  }
}
