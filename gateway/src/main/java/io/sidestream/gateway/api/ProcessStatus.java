package io.sidestream.gateway.api;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.admin.BearerToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Asks the admin port of one process for its health and its own metrics. */
final class ProcessStatus {
  /** Longest time to wait for a process. */
  static final Duration LIMIT = Duration.ofSeconds(2);

  private static final String PREFIX = "sidestream_";

  private final String name;
  private final URI admin;
  private final Optional<BearerToken> token;
  private final HttpClient http;

  /**
   * @param http is shared by all processes
   */
  ProcessStatus(String name, URI admin, Optional<BearerToken> token, HttpClient http) {
    this.name = name;
    this.admin = admin;
    this.token = token;
    this.http = http;
  }

  /** The client for all processes, with daemon threads of its own. */
  static HttpClient client() {
    return HttpClient.newBuilder()
        .connectTimeout(LIMIT)
        .version(HttpClient.Version.HTTP_1_1)
        .build();
  }

  /**
   * Its status now; one that does not answer in time is not ready. The limit is of whole responses:
   * that of a request alone would end at the headers.
   */
  CompletableFuture<ObjectNode> now() {
    CompletableFuture<HttpResponse<String>> health = get("/health/ready");
    CompletableFuture<HttpResponse<String>> metrics = get("/metrics");
    return health
        .thenCombine(metrics, this::answered)
        .orTimeout(LIMIT.toMillis(), MILLISECONDS)
        .whenComplete(
            (status, failure) -> {
              health.cancel(true);
              metrics.cancel(true);
            })
        .exceptionally(
            failure -> {
              ObjectNode silent = node();
              silent.put("ready", false);
              silent.put("detail", "does not answer");
              return silent;
            });
  }

  private ObjectNode answered(HttpResponse<String> health, HttpResponse<String> metrics) {
    ObjectNode status = node();
    status.put("ready", health.statusCode() == 200);
    try {
      status.set("health", Bodies.MAPPER.readTree(health.body()));
    } catch (IOException e) {
      status.put("detail", "its health is no JSON");
    }
    if (metrics.statusCode() == 401) {
      status.put("detail", "refuses the token of this gateway");
    }
    sums(metrics.body()).forEach(status.putObject("metrics")::put);
    return status;
  }

  private ObjectNode node() {
    return Bodies.MAPPER.createObjectNode().put("process", name);
  }

  private CompletableFuture<HttpResponse<String>> get(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(admin.resolve(path));
    token.ifPresent(known -> request.header("Authorization", known.header()));
    return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Samples of our own metrics, summed over their labels; no buckets of histograms. */
  static Map<String, Double> sums(String page) {
    Map<String, Double> sums = new TreeMap<>();
    for (String line : page.split("\n", -1)) {
      int value = line.lastIndexOf(' ');
      if (line.startsWith(PREFIX) && value > 0) {
        int end = line.indexOf('{');
        String metric = line.substring(0, end < 0 ? value : end);
        if (!metric.endsWith("_bucket")) {
          add(sums, metric, line.substring(value + 1));
        }
      }
    }
    return sums;
  }

  private static void add(Map<String, Double> sums, String metric, String text) {
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        sums.merge(metric, value, Double::sum);
      }
    } catch (NumberFormatException e) {
      // +Inf and the like say nothing here.
    }
  }
}
