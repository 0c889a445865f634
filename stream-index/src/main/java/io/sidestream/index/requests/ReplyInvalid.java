package io.sidestream.index.requests;

import io.sidestream.index.replies.OutgoingReply;
import io.sidestream.index.replies.Replies;
import io.sidestream.index.replies.ReplySender;
import io.sidestream.model.generator.Task;
import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.kafka.RecordSize;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Replies to an invalid request with what is wrong with it.
 *
 * <p>Forwards what goes to the result topic. A topic that the request names may be gone, and Kafka
 * Streams would wait for it without end: such a reply is sent here, and acknowledged before the
 * request can be committed.
 */
final class ReplyInvalid
    extends ContextualProcessor<byte[], CheckedRequest, byte[], OutgoingReply> {
  private final Task task;
  private final ReplySender sender;

  ReplyInvalid(Task task, ReplySender sender) {
    this.task = task;
    this.sender = sender;
  }

  @Override
  public void process(Record<byte[], CheckedRequest> request) {
    CheckedRequest.Invalid invalid = (CheckedRequest.Invalid) request.value();
    Reply reply =
        new Reply(Reply.Status.INVALID, ReasonText.of(invalid.why()), Optional.empty(), List.of());
    OutgoingReply outgoing =
        sender.address(task, sender.marked(request.headers(), invalid.request()), reply);
    byte[] key = fits(request.key(), outgoing) ? request.key() : null;
    if (outgoing.namesTopic()) {
      send(key, outgoing);
    } else {
      context().forward(request.withKey(key).withValue(outgoing).withHeaders(outgoing.headers()));
    }
  }

  /** Not so where the key alone is more than requests may have. */
  private static boolean fits(byte @Nullable [] key, OutgoingReply reply) {
    return RecordSize.of(key, reply.value(), reply.headers()) <= Replies.MAX_BYTES;
  }

  private void send(byte @Nullable [] key, OutgoingReply reply) {
    try {
      sender.send(key, reply).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a reply was not sent", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a reply was sent", e);
    }
  }
}
