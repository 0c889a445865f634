package io.sidestream.index.requests;

import io.sidestream.index.replies.OutgoingReply;
import io.sidestream.index.replies.ReplySender;
import io.sidestream.model.generator.Task;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Replies to a request that is refused before it becomes a prompt, on the result topic. */
final class ReplyRefused
    extends ContextualProcessor<byte[], CheckedRequest, byte[], OutgoingReply> {
  private final Task task;
  private final ReplySender sender;

  ReplyRefused(Task task, ReplySender sender) {
    this.task = task;
    this.sender = sender;
  }

  @Override
  public void process(Record<byte[], CheckedRequest> request) {
    CheckedRequest.Refused refused = (CheckedRequest.Refused) request.value();
    OutgoingReply outgoing =
        sender.address(task, sender.marked(request.headers(), refused.request()), refused.reply());
    context().forward(request.withValue(outgoing).withHeaders(outgoing.headers()));
  }
}
