package io.sidestream.benchmarks.pairs;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Namespace;
import io.sidestream.schemas.TopicPolicy;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.WriterSchemas;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.KeyedRecords;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairCount;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The peer: one thread reads the interactions, counts, and writes the totals that changed, with the
 * offsets that they cover, in a transaction per interval, or in one. Its counts are lost when it
 * ends.
 */
final class KafkaLoop implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  private final Topics topics;
  private final Duration interval;
  private final boolean once;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;
  private final PlainCounts counts = new PlainCounts();
  private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
  private final Thread thread = new Thread(this::run, "kafka-loop");
  private volatile boolean closed;

  /**
   * @param once whether totals are written when there is nothing to read, and not in intervals
   */
  KafkaLoop(String servers, Namespace namespace, int intervalMillis, boolean once) {
    this.once = once;
    this.topics = Topics.of(namespace, TopicPolicy.DEFAULT);
    this.interval = Duration.ofMillis(intervalMillis);
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                servers,
                "group.id",
                namespace.qualify("loop"),
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false,
                "isolation.level",
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers, "transactional.id", namespace.qualify("loop")),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  void start() {
    thread.start();
  }

  private void run() {
    producer.initTransactions();
    consumer.subscribe(List.of(topics.interactions().name()));
    long next = System.nanoTime() + interval.toNanos();
    while (!closed) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      records.forEach(this::add);
      if (once ? records.isEmpty() : System.nanoTime() >= next) {
        commit();
        next = System.nanoTime() + interval.toNanos();
      }
    }
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    try {
      counts.add(KeyedRecords.interaction(record.key(), record.value(), WriterSchemas.none()));
    } catch (MalformedRecordException e) {
      throw new IllegalStateException(e);
    }
    offsets.put(
        new TopicPartition(record.topic(), record.partition()),
        new OffsetAndMetadata(record.offset() + 1));
  }

  private void commit() {
    if (offsets.isEmpty()) {
      return;
    }
    producer.beginTransaction();
    for (PlainCounts.Total total : counts.takeChanged()) {
      PairCount count =
          new PairCount(
              new Pair.ItemItem(new ItemId(total.low), new ItemId(total.high)), total.count);
      producer.send(
          new ProducerRecord<>(
              topics.pairCounts().name(),
              total.key().getBytes(StandardCharsets.UTF_8),
              Codecs.pairCount().encode(count)));
    }
    producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
    producer.commitTransaction();
    offsets.clear();
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    consumer.close();
    producer.close();
  }
}
