package io.sidestream.index;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The metrics that an index shows. */
final class MetricsPage {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private MetricsPage() {}

  /** Histories that users waited for, since it started. */
  static double restored(IndexApplication index) throws IOException, InterruptedException {
    return value(read(index), "sidestream_histories_restored_total{copy=\"active\"}");
  }

  /** Histories that were read into any copy of it, since it started. */
  static double copied(IndexApplication index) throws IOException, InterruptedException {
    return restored(index)
        + value(read(index), "sidestream_histories_restored_total{copy=\"standby\"}");
  }

  private static String read(IndexApplication index) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + index.adminPort() + "/metrics");
    return HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** Of a row with its labels; 0 where it is not there. */
  static double value(String page, String row) {
    return page.lines()
        .filter(line -> line.startsWith(row + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(row.length() + 1)))
        .findFirst()
        .orElse(0);
  }
}
