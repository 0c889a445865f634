package io.sidestream.ingest;

import io.sidestream.admin.AdminServer;
import io.sidestream.admin.Health;
import io.sidestream.admin.ProcessMetrics;
import io.sidestream.ingest.cluster.RunningJob;
import io.sidestream.schemas.ReasonText;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

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
    health = new Health(conditions);
    server = AdminServer.start(config.admin(), health, metrics::scrape, Map.of());
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
