package io.sidestream.admin;

import ch.qos.logback.classic.LoggerContext;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.core.instrument.binder.logging.LogbackMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics of one process: those of the JVM and of the operating system's process, and what the
 * process adds, such as those of its Kafka clients.
 */
public final class ProcessMetrics implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessMetrics.class);

  /** Time after which a Kafka client's new metrics are found, for example of a new partition. */
  private static final Duration CLIENT_REFRESH = Duration.ofSeconds(10);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ScheduledExecutorService refreshing =
      Executors.newSingleThreadScheduledExecutor(ProcessMetrics::thread);
  private final Deque<AutoCloseable> binders = new ArrayDeque<>();

  /** A binder that finds new metrics by itself, until it is closed. */
  @FunctionalInterface
  public interface Refreshed {
    /**
     * Makes the binder.
     *
     * @param scheduler runs it
     * @param interval between two runs
     */
    MeterBinder binder(ScheduledExecutorService scheduler, Duration interval);
  }

  /** The metrics that every process has. */
  public ProcessMetrics() {
    bind(new JvmGcMetrics());
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
      bind(new LogbackMetrics(Tags.empty(), logback));
    }
    Gauge.builder("sidestream.build.info", () -> 1)
        .tags("version", version(), "java", System.getProperty("java.version"))
        .register(registry);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "metrics");
    thread.setDaemon(true);
    return thread;
  }

  /** The version of this build. */
  static String version() {
    Properties build = new Properties();
    try (InputStream in = ProcessMetrics.class.getResourceAsStream("build.properties")) {
      build.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return build.getProperty("version");
  }

  public MeterRegistry registry() {
    return registry;
  }

  /** All metrics in Prometheus' text format. */
  public String scrape() {
    return registry.scrape();
  }

  /** Adds a consumer's own metrics until this is closed. */
  public void watch(Consumer<?, ?> consumer) {
    watch((on, each) -> new KafkaClientMetrics(consumer, Tags.empty(), on, each));
  }

  /** Adds a producer's own metrics until this is closed. */
  public void watch(Producer<?, ?> producer) {
    watch((on, each) -> new KafkaClientMetrics(producer, Tags.empty(), on, each));
  }

  /**
   * Adds the metrics of a Kafka client until this is closed.
   *
   * @return removes them before that
   */
  public Runnable watch(Refreshed client) {
    MeterBinder binder = client.binder(refreshing, CLIENT_REFRESH);
    bind(binder);
    return () -> unbind(binder);
  }

  private synchronized void bind(MeterBinder binder) {
    binder.bindTo(registry);
    if (binder instanceof AutoCloseable open) {
      binders.push(open);
    }
  }

  private synchronized void unbind(MeterBinder binder) {
    if (binder instanceof AutoCloseable open && binders.remove(open)) {
      close(open);
    }
  }

  @Override
  public synchronized void close() {
    refreshing.shutdownNow();
    while (!binders.isEmpty()) {
      close(binders.pop());
    }
    registry.close();
  }

  private static void close(AutoCloseable binder) {
    try {
      binder.close();
    } catch (Exception e) {
      LOG.warn("a binder of metrics cannot be closed", e);
    }
  }
}
