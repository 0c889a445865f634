package io.sidestream.ingest;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sidestream.admin.AdminServer;
import io.sidestream.admin.Health;
import io.sidestream.admin.ProcessMetrics;
import io.sidestream.ingest.cluster.RunningJob;
import io.sidestream.ingest.coding.CodingStatus;
import io.sidestream.schemas.ReasonText;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Health and metrics of the ingest process. */
final class IngestAdmin implements AutoCloseable {
  private final ProcessMetrics metrics = new ProcessMetrics();
  private final JobWatch jobs;
  private final Health health;
  private final AdminServer server;

  private IngestAdmin(IngestConfig config) throws IOException {
    jobs = new JobWatch(config.maxCheckpointAge(), Clock.systemUTC(), metrics.registry());
    Map<String, BooleanSupplier> conditions = new LinkedHashMap<>();
    conditions.put("jobs", jobs::isRunning);
    conditions.put("checkpoints", jobs::isCheckpointed);
    conditions.put("bundles", () -> CodingStatus.unopenedGenerations().isEmpty());
    health = new Health(conditions, details());
    register(metrics.registry());
    server = AdminServer.start(config.admin(), health, metrics::scrape, Map.of());
  }

  private static Map<String, Supplier<?>> details() {
    Map<String, Supplier<?>> details = new LinkedHashMap<>();
    details.put("items_awaiting_bundle", CodingStatus::uncodedItems);
    details.put("not_opened", () -> List.copyOf(CodingStatus.unopenedGenerations().values()));
    return details;
  }

  private static void register(MeterRegistry registry) {
    Gauge.builder("sidestream.items.awaiting.bundle", CodingStatus::uncodedItems)
        .register(registry);
    FunctionCounter.builder(
            "sidestream.bundle.fetch.failures",
            CodingStatus.class,
            status -> CodingStatus.bundleFetchFailures())
        .register(registry);
    FunctionTimer.builder(
            "sidestream.bundle.fetch",
            CodingStatus.class,
            status -> CodingStatus.bundleFetches(),
            status -> CodingStatus.bundleFetchTime().toNanos(),
            TimeUnit.NANOSECONDS)
        .register(registry);
  }

  /** Opens the port: the process is alive, and ready once its jobs run. */
  static IngestAdmin start(IngestConfig config) throws IOException {
    return new IngestAdmin(config);
  }

  void watch(List<RunningJob> started) {
    jobs.start(started);
  }

  int port() {
    return server.port();
  }

  /** Not alive from now on. */
  void failed(Throwable why) {
    health.failed(ReasonText.of(why));
  }

  /** Not ready from now on. */
  void stopping() {
    health.stopping();
  }

  @Override
  public void close() {
    jobs.close();
    server.close();
    metrics.close();
  }
}
