package io.sidestream.index.answering;

import io.sidestream.index.answering.OpenPrompts.OpenPrompt;
import io.sidestream.index.replies.ReplySender;
import io.sidestream.model.generator.Task;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.kafka.RejectedRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what becomes of prompts. A prompt is done when the brokers have acknowledged all of it.
 * Thread-safe.
 */
final class PromptReplies {
  private static final Logger LOG = LoggerFactory.getLogger(PromptReplies.class);

  private static final Reply FAILED =
      new Reply(
          Reply.Status.INVALID,
          "the request failed twice and is rejected",
          Optional.empty(),
          List.of());

  private static final Reply ENDING =
      new Reply(
          Reply.Status.INVALID,
          "processes ended while they answered the request, and it is rejected",
          Optional.empty(),
          List.of());

  static final Reply OVERLOADED =
      new Reply(
          Reply.Status.OVERLOADED,
          "more requests wait than can be answered in time, retry later",
          Optional.empty(),
          List.of());

  private final ReplySender sender;
  private final AnsweringMeters meters;
  private final Consumer<Throwable> onLoss;

  /**
   * @param onLoss called when something will never be acknowledged
   */
  PromptReplies(ReplySender sender, AnsweringMeters meters, Consumer<Throwable> onLoss) {
    this.sender = sender;
    this.meters = meters;
    this.onLoss = onLoss;
  }

  void answer(WaitingPrompt prompt, Reply reply, Duration answering) {
    finish(prompt.open(), send(prompt.open().row, prompt.task(), reply, answering));
  }

  void refuse(WaitingPrompt prompt) {
    answer(prompt, OVERLOADED, Duration.ZERO);
  }

  void drop(WaitingPrompt prompt, Admission.Verdict why) {
    meters.expired(prompt.task(), why);
    prompt.open().done();
  }

  /** It was not written by this system: there is no one to reply to. */
  void reject(OpenPrompt open, Exception why) {
    meters.unreadable();
    finish(open, rejected(open, why));
  }

  /** Rejects a prompt that fails, with a reply. */
  void giveUp(WaitingPrompt prompt, Exception why) {
    reject(prompt, FAILED, "answering failed twice", why);
  }

  /** Rejects a prompt whose answer ended processes, likewise. */
  void rejectEnding(WaitingPrompt prompt, int endings) {
    String why = "a process ended while it answered, %d times".formatted(endings);
    reject(prompt, ENDING, why, new IllegalStateException(why));
  }

  private void reject(WaitingPrompt prompt, Reply reply, String reason, Exception why) {
    ConsumerRecord<byte[], byte[]> row = prompt.open().row;
    LOG.error(
        "{}-{} offset {} is rejected: {}", row.topic(), row.partition(), row.offset(), reason, why);
    meters.failed(prompt.task());
    finish(
        prompt.open(),
        CompletableFuture.allOf(
            rejected(prompt.open(), why), send(row, prompt.task(), reply, Duration.ZERO)));
  }

  private CompletableFuture<Void> send(
      ConsumerRecord<byte[], byte[]> row, Task task, Reply reply, Duration answering) {
    long now = sender.brokerTime().now().toEpochMilli();
    Duration sincePrompt = Duration.ofMillis(Math.max(0, now - row.timestamp()));
    meters.replied(task, reply.status(), answering, sincePrompt);
    reply.arm().ifPresent(arm -> meters.compared(task, arm, reply.status(), answering));
    return sender.send(row.key(), sender.address(task, row.headers(), reply));
  }

  private CompletableFuture<Void> rejected(OpenPrompt open, Exception why) {
    return sender.send(RejectedRecord.of(open.row, "ANSWER", PromptConsumer.class.getName(), why));
  }

  private void finish(OpenPrompt open, CompletableFuture<Void> delivered) {
    delivered.whenComplete(
        (done, failure) -> {
          if (failure == null) {
            open.done();
          } else {
            onLoss.accept(failure);
          }
        });
  }
}
