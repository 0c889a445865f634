package io.sidestream.index.requests;

import io.sidestream.index.replies.OutgoingReply;
import io.sidestream.index.replies.Replies;
import io.sidestream.model.generator.Task;
import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.Reply;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Replies to an invalid request with what is wrong with it. */
final class ReplyInvalid
    extends ContextualProcessor<byte[], CheckedRequest, byte[], OutgoingReply> {
  private final Task task;
  private final Replies replies;

  ReplyInvalid(Task task, Replies replies) {
    this.task = task;
    this.replies = replies;
  }

  @Override
  public void process(Record<byte[], CheckedRequest> request) {
    CheckedRequest.Invalid invalid = (CheckedRequest.Invalid) request.value();
    Reply reply =
        new Reply(Reply.Status.INVALID, ReasonText.of(invalid.why()), Optional.empty(), List.of());
    OutgoingReply outgoing = replies.to(task, request.headers(), reply);
    context().forward(request.withValue(outgoing).withHeaders(outgoing.headers()));
  }
}
