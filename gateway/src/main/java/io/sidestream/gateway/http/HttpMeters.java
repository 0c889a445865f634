package io.sidestream.gateway.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Counts and times responses, by route and status. */
public final class HttpMeters {
  private final MeterRegistry registry;

  public HttpMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * Notes a response.
   *
   * @param route its path as declared, so that no id becomes a label
   */
  void answered(String route, int status, Duration took) {
    Timer.builder("sidestream.http.response.duration")
        .description("Time from a request's headers to its response")
        .tags("route", route, "status", Integer.toString(status))
        .publishPercentileHistogram()
        .register(registry)
        .record(took);
  }
}
