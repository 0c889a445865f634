package io.sidestream.cli;

import io.sidestream.client.Connection;
import io.sidestream.schemas.settings.Settings;
import java.util.HashMap;
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
    return settings(Map.of());
  }

  /**
   * Settings of every place.
   *
   * @param derived those that follow from other options
   */
  Settings settings(Map<String, String> derived) {
    Map<String, String> all = new HashMap<>(derived);
    if (bootstrapServers != null) {
      all.put("kafka.bootstrap.servers", bootstrapServers);
    }
    return settings.settings(all);
  }

  /** Whether one of the options is given. */
  boolean isGiven() {
    return bootstrapServers != null || settings.isGiven();
  }

  /** The cluster that the settings name, with all that its clients need. */
  Connection connection() {
    return Connection.of(settings());
  }

  /** The same for a catalogue of the command; that of the settings when it is null. */
  Connection connection(@Nullable String catalogue) {
    return Connection.of(settings(catalogue == null ? Map.of() : Map.of("catalogue", catalogue)));
  }
}
