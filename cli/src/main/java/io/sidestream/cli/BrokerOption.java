package io.sidestream.cli;

import picocli.CommandLine.Option;

/** Which broker a command talks to. */
final class BrokerOption {
  static final String DEFAULT = "127.0.0.1:9092";

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      defaultValue = DEFAULT,
      description = "Kafka broker to talk to (default: ${DEFAULT-VALUE}).")
  String bootstrapServers;
}
