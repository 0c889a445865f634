package io.sidestream.trainer;

import io.sidestream.admin.AdminConfig;
import io.sidestream.admin.AdminServer;
import io.sidestream.admin.Health;
import io.sidestream.admin.ProcessMetrics;
import io.sidestream.schemas.ReasonText;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;

/** Health and metrics of the trainer process. */
final class TrainerAdmin implements AutoCloseable {
  private final ProcessMetrics metrics = new ProcessMetrics();
  private final TrainerActivity activity;
  private final TrainerMeters meters;
  private final Health health;
  private final AdminServer server;

  private TrainerAdmin(AdminConfig config, Clock clock) throws IOException {
    this.activity = new TrainerActivity(clock);
    this.meters = new TrainerMeters(metrics.registry(), clock);
    this.health = new Health(Map.of("consuming", activity::isConsuming));
    this.server = AdminServer.start(config, health, metrics::scrape, Map.of());
  }

  /** Opens the port: the process is alive, and ready once it polls. */
  static TrainerAdmin start(AdminConfig config, Clock clock) throws IOException {
    return new TrainerAdmin(config, clock);
  }

  ProcessMetrics metrics() {
    return metrics;
  }

  TrainerActivity activity() {
    return activity;
  }

  TrainerMeters meters() {
    return meters;
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
    server.close();
    metrics.close();
  }
}
