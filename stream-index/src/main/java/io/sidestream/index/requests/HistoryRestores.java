package io.sidestream.index.requests;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.processor.StandbyUpdateListener;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.apache.kafka.streams.processor.TaskId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the histories that are read from their changelog: those that users wait for apart. */
public final class HistoryRestores implements StateRestoreListener, StandbyUpdateListener {
  private static final Logger LOG = LoggerFactory.getLogger(HistoryRestores.class);

  private final Counter active;
  private final Counter standby;

  public HistoryRestores(MeterRegistry registry) {
    active = counter(registry, "active");
    standby = counter(registry, "standby");
  }

  private static Counter counter(MeterRegistry registry, String copy) {
    return registry.counter("sidestream.histories.restored", "copy", copy);
  }

  /** Listens to one that was not started. */
  public KafkaStreams watch(KafkaStreams streams) {
    streams.setGlobalStateRestoreListener(this);
    streams.setStandbyUpdateListener(this);
    return streams;
  }

  @Override
  public void onRestoreStart(TopicPartition changelog, String store, long from, long to) {
    LOG.debug("{} is read from {} to {}", changelog, from, to);
  }

  @Override
  public void onBatchRestored(TopicPartition changelog, String store, long to, long records) {
    active.increment(records);
  }

  @Override
  public void onRestoreEnd(TopicPartition changelog, String store, long records) {
    if (records > 0) {
      LOG.info("{} records of {} were read, its users are answered", records, changelog);
    }
  }

  @Override
  public void onUpdateStart(TopicPartition changelog, String store, long from) {
    LOG.debug("a copy of {} is kept here, from {}", changelog, from);
  }

  @Override
  public void onBatchLoaded(
      TopicPartition changelog, String store, TaskId task, long to, long records, long end) {
    standby.increment(records);
  }

  @Override
  public void onUpdateSuspended(
      TopicPartition changelog, String store, long to, long end, SuspendReason reason) {
    LOG.debug("the copy of {} is {}", changelog, reason);
  }
}
