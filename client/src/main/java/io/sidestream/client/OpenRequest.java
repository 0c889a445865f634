package io.sidestream.client;

import io.sidestream.schemas.Reply;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** A request that waits for its reply, and what became of its attempts. */
final class OpenRequest {
  private final ProducerRecord<byte[], byte[]> record;
  private final CompletableFuture<Reply> reply = new CompletableFuture<>();
  private volatile boolean acknowledged;
  private volatile @Nullable Exception lastFailure;

  OpenRequest(ProducerRecord<byte[], byte[]> record) {
    this.record = record;
  }

  ProducerRecord<byte[], byte[]> record() {
    return record;
  }

  CompletableFuture<Reply> reply() {
    return reply;
  }

  /** A broker has it. */
  void acknowledge() {
    acknowledged = true;
  }

  /** An attempt failed that another may follow. */
  void failed(Exception failure) {
    lastFailure = failure;
  }

  /** The time for the reply is over. */
  void expire(ClientOptions options) {
    reply.completeExceptionally(
        acknowledged
            ? new NoReplyException(options.timeout())
            : new BrokerSilentException(options.timeout(), lastFailure));
  }
}
