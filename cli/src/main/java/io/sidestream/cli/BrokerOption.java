package io.sidestream.cli;

import picocli.CommandLine.Option;

/** Address of the broker. */
final class BrokerOption {
  static final String DEFAULT = "127.0.0.1:9092";

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      defaultValue = DEFAULT,
      description = "Kafka broker (default: ${DEFAULT-VALUE}).")
  String bootstrapServers;
}
