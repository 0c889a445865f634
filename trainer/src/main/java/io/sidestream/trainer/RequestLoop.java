package io.sidestream.trainer;

import io.sidestream.model.onnx.CudaFailure;
import io.sidestream.model.store.FullDisk;
import io.sidestream.model.store.RetryDelays;
import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.TrainingRequest;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.kafka.RejectedRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls training requests one at a time, and commits each when it is answered or rejected. One
 * thread runs it; any thread may stop it.
 */
final class RequestLoop implements Runnable {
  /*
   * The offset is committed after the training, so a crash loses no request; the number of attempts
   * is committed before it, as metadata of the previous offset, so a request that crashes the
   * process each time is rejected in the end, one in which a GPU fails among them: so it is tried
   * again even where a later one covers it, which would begin to count from none. A stop, a full
   * disk and brokers that are away count as none.
   */
  private static final Logger LOG = LoggerFactory.getLogger(RequestLoop.class);
  private static final Duration POLL = Duration.ofMillis(500);

  private final Consumer<byte[], byte[]> consumer;
  private final Producer<byte[], byte[]> producer;
  private final String catalogue;
  private final RequestedTraining training;
  private final LaterRequests later;
  private final TrainerActivity activity;
  private final TrainerMeters meters;
  private final RetryDelays delays;
  private final AtomicBoolean stopping = new AtomicBoolean();

  /**
   * @param consumer subscribed to the topic of requests; closed by the caller
   * @param producer for the rejected ones
   * @param later asked before a training: a request that one of them covers is skipped
   * @param delays until a training that met a full disk, or no broker, is tried again
   */
  RequestLoop(
      Consumer<byte[], byte[]> consumer,
      Producer<byte[], byte[]> producer,
      String catalogue,
      RequestedTraining training,
      LaterRequests later,
      TrainerActivity activity,
      TrainerMeters meters,
      RetryDelays delays) {
    this.delays = delays;
    this.activity = activity;
    this.meters = meters;
    this.consumer = consumer;
    this.producer = producer;
    this.catalogue = catalogue;
    this.training = training;
    this.later = later;
  }

  /** Ends {@link #run} soon. */
  public void stop() {
    stopping.set(true); // and no wake-up, which would end a commit instead of a poll
  }

  /** Whether a stop was requested. */
  public boolean stopping() {
    return stopping.get();
  }

  @Override
  public void run() {
    try {
      while (!stopping.get()) {
        takePolled();
      }
    } catch (TrainingStoppedException e) {
      LOG.debug("the trainer stops", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void takePolled() throws InterruptedException {
    Iterator<ConsumerRecord<byte[], byte[]>> polled = consumer.poll(POLL).iterator();
    activity.polled();
    try {
      while (polled.hasNext() && !stopping.get()) {
        take(polled.next());
      }
    } catch (CommitFailedException | RebalanceInProgressException e) {
      // The requests are delivered again to the new owner; answered ones are skipped.
      LOG.warn("the trainer lost its partition while training: {}", e.getMessage());
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    Attempts attempts = Attempts.of(committed(partition), record.offset());
    try {
      if (record.value() == null) {
        throw new MalformedRecordException(
            MalformedRecordException.Reason.UNEXPECTED_TOMBSTONE,
            "training request is null, expected a value",
            null);
      }
      TrainingRequest request = Codecs.trainingRequest().decode(record.value());
      if (!request.catalogue().equals(catalogue)) {
        LOG.debug("a training request is of catalogue {}", request.catalogue());
      } else if (attempts.begun() == 0 && later.cover(record, request)) {
        meters.answered(TrainerMeters.Outcome.SKIPPED);
        LOG.info(
            "training request ({}) is skipped: a later one holds its corpus", request.detail());
      } else {
        attempt(record, partition, request, attempts);
      }
    } catch (MalformedRecordException e) {
      meters.answered(TrainerMeters.Outcome.INVALID);
      reject(record, "VALUE_CONVERTER", e);
    }
    commit(partition, new OffsetAndMetadata(record.offset() + 1));
  }

  private void attempt(
      ConsumerRecord<byte[], byte[]> record,
      TopicPartition partition,
      TrainingRequest request,
      Attempts before)
      throws InterruptedException {
    Attempts attempts = before;
    Exception last = new IllegalStateException("the trainer ended each time");
    int passed = 0;
    while (!attempts.exhausted()) {
      attempts = attempts.more();
      commit(partition, attempts.toCommit());
      activity.answering(true);
      try {
        training.answer(request, new RecordHeaders(record.headers().toArray()));
        return;
      } catch (TrainingStoppedException e) {
        commit(partition, attempts.less().toCommit());
        throw e;
      } catch (IOException | RuntimeException e) {
        if (passes(e)) {
          attempts = attempts.less();
          commit(partition, attempts.toCommit());
          LOG.warn("a training is tried again in {}: {}", delays.after(++passed), ReasonText.of(e));
          delays.await(passed, stopping::get);
          if (stopping.get()) {
            throw new TrainingStoppedException();
          }
        } else if (e instanceof RuntimeException failure && CudaFailure.caused(e)) {
          throw failure; // ends the process: a new one has the card again, or says that it is gone
        } else {
          LOG.error("training failed, attempt {} of {}: {}", attempts.begun(), Attempts.MAX, e, e);
          last = e;
        }
      } finally {
        activity.answering(false);
      }
    }
    meters.answered(TrainerMeters.Outcome.FAILED);
    reject(record, "TRAINING", last);
  }

  /** Whether it is for want of space or of brokers: the same training may go well later. */
  private static boolean passes(Exception failure) {
    return FullDisk.caused(failure) || BrokersAway.caused(failure);
  }

  private void reject(ConsumerRecord<byte[], byte[]> record, String stage, Exception cause)
      throws InterruptedException {
    LOG.error(
        "training request at {}-{} offset {} is rejected: {}",
        record.topic(),
        record.partition(),
        record.offset(),
        cause.getMessage());
    try {
      producer.send(RejectedRecord.of(record, stage, RequestLoop.class.getName(), cause)).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot reject a training request", e.getCause());
    }
  }

  /** What is committed; brokers that are away are waited for, and use up no attempt. */
  private @Nullable OffsetAndMetadata committed(TopicPartition partition) {
    while (true) {
      try {
        return consumer.committed(Set.of(partition)).get(partition);
      } catch (TimeoutException e) {
        LOG.warn("the attempts of a training cannot be read, tried again: {}", e.getMessage());
      }
    }
  }

  /** Returns when it is committed; brokers that are away are waited for. */
  private void commit(TopicPartition partition, OffsetAndMetadata offset) {
    boolean committed = false;
    while (!committed) {
      try {
        consumer.commitSync(Map.of(partition, offset));
        committed = true;
      } catch (TimeoutException e) {
        LOG.warn("a training request cannot be committed, tried again: {}", e.getMessage());
      }
    }
  }
}
