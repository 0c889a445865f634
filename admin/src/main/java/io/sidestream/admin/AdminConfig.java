package io.sidestream.admin;

import io.sidestream.schemas.settings.SettingValues;
import io.sidestream.schemas.settings.SettingsSchema;

/**
 * Where a process shows health and metrics.
 *
 * @param port 0 takes a free one
 */
public record AdminConfig(String host, int port) {
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

  /**
   * Declares {@code <process>.admin.host} and {@code <process>.admin.port}.
   *
   * @param usualPort of this process; processes of one JVM need different ones
   */
  public static SettingsSchema schema(String process, int usualPort) {
    return new SettingsSchema(process)
        .text(process + ".admin.host", LOOPBACK, "address of health and metrics")
        .integer(process + ".admin.port", usualPort, 0, MAX_PORT, "0 takes a free one");
  }

  /** What is set for a process. */
  public static AdminConfig of(SettingValues values, String process) {
    return new AdminConfig(
        values.text(process + ".admin.host"), values.integer(process + ".admin.port"));
  }
}
