package io.sidestream.admin;

import io.sidestream.schemas.settings.SettingValues;
import io.sidestream.schemas.settings.SettingsSchema;
import io.sidestream.schemas.settings.SharedSettings;
import java.util.Optional;

/**
 * Where a process shows health and metrics.
 *
 * @param port 0 takes a free one
 * @param token what requests must carry, where one is set
 */
public record AdminConfig(String host, int port, Optional<BearerToken> token) {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int MAX_PORT = 65_535;

  /** The usual port of the index. */
  public static final int INDEX_PORT = 8480;

  /** The usual port of ingest. */
  public static final int INGEST_PORT = 8481;

  /** The usual port of the trainer. */
  public static final int TRAINER_PORT = 8482;

  /** The usual port of the gateway. */
  public static final int GATEWAY_PORT = 8483;

  /** Without a token. */
  public AdminConfig(String host, int port) {
    this(host, port, Optional.empty());
  }

  /**
   * Declares {@code <process>.admin.host}, {@code <process>.admin.port}, and the token of all.
   *
   * @param usualPort of this process; processes of one JVM need different ones
   */
  public static SettingsSchema schema(String process, int usualPort) {
    return new SettingsSchema(process)
        .include(SharedSettings.ADMIN)
        .text(
            process + ".admin.host",
            LOOPBACK,
            "address of health and metrics; beyond this machine with admin.token")
        .integer(process + ".admin.port", usualPort, 0, MAX_PORT, "0 takes a free one");
  }

  /**
   * What is set for a process.
   *
   * @throws IllegalArgumentException for an address beyond this machine without a token
   */
  public static AdminConfig of(SettingValues values, String process) {
    String hostKey = process + ".admin.host";
    String host = values.text(hostKey);
    return new AdminConfig(
        host,
        values.integer(process + ".admin.port"),
        BearerToken.guarding(
            hostKey, host, SharedSettings.ADMIN_TOKEN, values.secret(SharedSettings.ADMIN_TOKEN)));
  }

  /** The same on a free port. */
  public AdminConfig onFreePort() {
    return new AdminConfig(host, 0, token);
  }
}
