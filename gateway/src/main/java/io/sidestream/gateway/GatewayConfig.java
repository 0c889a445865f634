package io.sidestream.gateway;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.admin.AdminConfig;
import io.sidestream.client.ClientOptions;
import io.sidestream.client.Connection;
import io.sidestream.gateway.http.AccessGuard;
import io.sidestream.gateway.http.HttpLimits;
import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.settings.SettingValues;
import io.sidestream.schemas.settings.Settings;
import io.sidestream.schemas.settings.SettingsSchema;
import io.sidestream.schemas.settings.SharedSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Configuration of the gateway process.
 *
 * @param port 0 takes a free one
 * @param guard who may ask
 * @param client how replies are waited for
 * @param maxTitles titles of items that are kept
 * @param processes name → admin port of each process that the page shows
 */
public record GatewayConfig(
    Connection connection,
    String host,
    int port,
    AccessGuard guard,
    HttpLimits limits,
    ClientOptions client,
    int maxTitles,
    Map<String, URI> processes,
    AdminConfig admin) {
  /** The usual port of HTTP. */
  public static final int USUAL_PORT = 8490;

  private static final int MAX_PORT = 65_535;
  private static final int MIN_BODY = 1_024;
  private static final int MAX_BODY = 16 * 1024 * 1024;

  /** Time-outs that an event may take: one until it can be sent, two until it is delivered. */
  private static final int WAITS = 3;

  /** For what is written once a reply has come, or its time is over. */
  private static final Duration LAST_RESPONSE = Duration.ofSeconds(2);

  public static final SettingsSchema SCHEMA =
      new SettingsSchema("gateway")
          .include(SharedSettings.SCHEMA)
          .text("gateway.host", "127.0.0.1", "address of HTTP; beyond this machine with a token")
          .integer("gateway.port", USUAL_PORT, 0, MAX_PORT, "0 takes a free one")
          .secret("gateway.token", "what requests must carry: Authorization: Bearer TOKEN")
          .duration("gateway.timeout", "5s", "100ms", "10m", "from a request to its reply")
          .integer("gateway.attempts", 2, 1, ClientOptions.MAX_ATTEMPTS, "sends in that time")
          .integer("gateway.requests.max", 64, 1, 1_000, "answered at once; more get 429")
          .integer("gateway.connections.max", 256, 1, 10_000, "open at once; more wait")
          .integer("gateway.body.max.bytes", 1024 * 1024, MIN_BODY, MAX_BODY, "of a request")
          .duration("gateway.body.timeout", "10s", "100ms", "10m", "for a body to arrive")
          .duration(
              "gateway.idle.timeout",
              "30s",
              "1s",
              "1h",
              "until a silent client is dropped; over 3 times gateway.timeout")
          .integer("gateway.titles.max", 200_000, 0, 10_000_000, "titles of items that are kept")
          .list("gateway.processes", "that the page shows, as name=http://host:admin-port")
          .include(AdminConfig.schema("gateway", AdminConfig.GATEWAY_PORT));

  public GatewayConfig {
    processes = Collections.unmodifiableMap(new LinkedHashMap<>(processes));
  }

  /** The same on free ports. */
  public GatewayConfig onFreePorts() {
    return new GatewayConfig(
        connection, host, 0, guard, limits, client, maxTitles, processes, admin.onFreePort());
  }

  /**
   * The configuration that the settings give.
   *
   * @throws io.sidestream.schemas.settings.SettingsException with every mistake
   */
  public static GatewayConfig from(Settings settings) {
    return settings.read(SCHEMA, GatewayConfig::of);
  }

  public static GatewayConfig of(SettingValues values) {
    String host = values.text("gateway.host");
    int requests = values.integer("gateway.requests.max");
    Duration timeout = values.duration("gateway.timeout");
    Duration idle = values.duration("gateway.idle.timeout");
    check(
        idle.compareTo(timeout.multipliedBy(WAITS)) > 0,
        "gateway.idle.timeout is %d ms, expected more than %d times gateway.timeout, %d ms, or"
            + " connections are dropped before their responses",
        idle.toMillis(),
        WAITS,
        timeout.toMillis());
    return new GatewayConfig(
        Connection.of(values),
        host,
        values.integer("gateway.port"),
        new AccessGuard(host, values.secret("gateway.token")),
        new HttpLimits(
            requests,
            values.integer("gateway.connections.max"),
            values.integer("gateway.body.max.bytes"),
            values.duration("gateway.body.timeout"),
            idle,
            timeout.plus(LAST_RESPONSE)),
        new ClientOptions(timeout, values.integer("gateway.attempts"), requests),
        values.integer("gateway.titles.max"),
        processes(values.list("gateway.processes")),
        AdminConfig.of(values, "gateway"));
  }

  private static Map<String, URI> processes(List<String> given) {
    Map<String, URI> processes = new LinkedHashMap<>();
    for (String one : given) {
      String[] parts = one.split("=", 2);
      check(parts.length == 2, "gateway.processes has %s, expected name=http://host:port", one);
      processes.put(parts[0].strip(), admin(parts[1].strip()));
    }
    return processes;
  }

  private static URI admin(String text) {
    try {
      URI admin = new URI(text);
      check(
          "http".equals(admin.getScheme()) && admin.getHost() != null,
          "gateway.processes has %s, expected http://host:port",
          text);
      return admin;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("gateway.processes: " + ReasonText.of(e), e);
    }
  }
}
