package io.sidestream.cli;

import io.sidestream.cli.client.Connection;
import io.sidestream.schemas.settings.Settings;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of a command that connects to a cluster. */
final class ConnectionOption {
  @Mixin SettingsOption settings;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description =
          "Kafka brokers (default: setting kafka.bootstrap.servers, else 127.0.0.1:9092).")
  @Nullable String bootstrapServers;

  /** Settings of every place. */
  Settings settings() {
    return settings.settings(
        bootstrapServers == null ? Map.of() : Map.of("kafka.bootstrap.servers", bootstrapServers));
  }

  /** The cluster that the settings name, with all that its clients need. */
  Connection connection() {
    return Connection.of(settings());
  }
}
