package io.sidestream.index.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

class ConsumerThreadTest {
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  @Test
  void close_whileABrokerIsWaitedFor_endsTheWaitAndIsNoFailure() throws Exception {
    CountDownLatch asks = new CountDownLatch(1);
    Consumer<byte[], byte[]> consumer = consumer(Integer.MAX_VALUE);
    ConsumerThread thread =
        ConsumerThread.reading(
            "waits",
            consumer,
            () -> {
              asks.countDown();
              try {
                consumer.partitionsFor("any");
              } finally {
                ended.countDown();
              }
            },
            failures::add);
    thread.start();
    assertTrue(asks.await(10, TimeUnit.SECONDS));
    assertEquals(1, ended.getCount(), "no broker answers there");
    thread.close();
    assertTrue(ended.await(0, TimeUnit.SECONDS));
    assertEquals(List.of(), failures);
  }

  @Test
  void run_loopThatFails_isTold() throws Exception {
    Consumer<byte[], byte[]> consumer = consumer(1);
    ConsumerThread thread =
        ConsumerThread.reading(
            "fails",
            consumer,
            () -> consumer.partitionsFor("any"),
            why -> {
              failures.add(why);
              ended.countDown();
            });
    thread.start();
    assertTrue(ended.await(10, TimeUnit.SECONDS));
    assertEquals(TimeoutException.class, failures.get(0).getClass());
    thread.close();
  }

  private static Consumer<byte[], byte[]> consumer(int waitMillis) {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", "127.0.0.1:1", "default.api.timeout.ms", waitMillis),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
