package io.sidestream.ingest.cluster;

import static io.sidestream.schemas.Checks.check;

import java.nio.file.Path;

/**
 * Settings of a Flink cluster of its own.
 *
 * @param host of its REST endpoint
 * @param port of its REST endpoint
 * @param jar the job jar
 * @param stopJobs whether the jobs stop, with a savepoint, when this process does
 */
public record SessionSettings(String host, int port, Path jar, boolean stopJobs) {
  private static final int MAX_PORT = 65_535;

  public SessionSettings {
    check(!host.isBlank(), "host of the Flink cluster is blank");
    check(port > 0 && port <= MAX_PORT, "port is %d, expected 1 to %d", port, MAX_PORT);
  }

  /**
   * From an address.
   *
   * @param rest {@code HOST:PORT}
   */
  public static SessionSettings of(String rest, Path jar, boolean stopJobs) {
    int colon = rest.lastIndexOf(':');
    check(
        colon > 0 && rest.substring(colon + 1).matches("[0-9]{1,5}"),
        "ingest.flink.rest is %s, expected HOST:PORT",
        rest);
    return new SessionSettings(
        rest.substring(0, colon), Integer.parseInt(rest.substring(colon + 1)), jar, stopJobs);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
