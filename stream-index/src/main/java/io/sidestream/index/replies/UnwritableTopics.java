package io.sidestream.index.replies;

import io.sidestream.model.store.RetryDelays;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Topics that cannot be written, each until a probe finds that it can; probed at intervals that
 * grow with how often the topic became one of them. Thread-safe.
 */
final class UnwritableTopics implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UnwritableTopics.class);
  private static final RetryDelays DELAYS =
      new RetryDelays(Duration.ofSeconds(2), Duration.ofMinutes(1));

  private final TopicProbe probe;
  private final Set<String> topics = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> additions = new ConcurrentHashMap<>();
  private final ScheduledExecutorService prober =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "reply-topic-probe");
            thread.setDaemon(true);
            return thread;
          });

  UnwritableTopics(TopicProbe probe) {
    this.probe = probe;
  }

  boolean contains(String topic) {
    return topics.contains(topic);
  }

  /** Adds the topic soon, if it cannot be written. */
  void probe(String topic) {
    after(
        Duration.ZERO,
        () -> {
          if (probe.ask(topic) == TopicProbe.Answer.NOT_WRITABLE) {
            add(topic, "it does not exist, or writing is not allowed");
          }
        });
  }

  void add(String topic, String why) {
    if (topics.add(topic)) {
      LOG.warn("replies that name topic {} go to the result topics: {}", topic, why);
      probeAgain(topic, DELAYS.after(additions.merge(topic, 1, Integer::sum)));
    }
  }

  private void probeAgain(String topic, Duration interval) {
    after(
        interval,
        () -> {
          if (probe.ask(topic) == TopicProbe.Answer.WRITABLE) {
            topics.remove(topic);
            LOG.info("topic {} can be written: replies that name it go there", topic);
          } else {
            probeAgain(topic, interval);
          }
        });
  }

  private void after(Duration delay, Probing probing) {
    try {
      prober.schedule(() -> run(probing), delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) { // closed
      LOG.debug("no topic is probed any more", e);
    }
  }

  private static void run(Probing probing) {
    try {
      probing.run();
    } catch (InterruptedException e) { // closed
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    prober.shutdownNow();
  }

  /** One question to the brokers. */
  @FunctionalInterface
  private interface Probing {
    void run() throws InterruptedException;
  }
}
