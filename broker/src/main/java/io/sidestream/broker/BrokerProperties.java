package io.sidestream.broker;

import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Kafka's settings of one node in combined mode (broker and controller), sized for one machine. */
final class BrokerProperties {
  static final int NODE = 1;
  static final String CLIENTS = "CLIENTS";
  static final String CONTROLLER = "CONTROLLER";

  /** Partitions of the topics that hold group offsets and transactions. */
  private static final int INTERNAL_PARTITIONS = 4;

  /** Groups keep their offsets for a year: a standalone system may be stopped for long. */
  private static final int OFFSETS_RETENTION_MINUTES = 365 * 24 * 60;

  /**
   * Broker session timeout: after a kill the controller keeps the old registration for this long,
   * and the next start waits for it.
   */
  private static final int SESSION_MILLIS = 6_000;

  private BrokerProperties() {}

  static Properties of(
      Path directory, int clientPort, int controllerPort, List<ProxiedPort> proxied) {
    Properties properties = new Properties();
    listeners(properties, clientPort, controllerPort, proxied);
    unreplicated(properties);
    small(properties);
    properties.setProperty("broker.session.timeout.ms", text(SESSION_MILLIS));
    properties.setProperty("log.dirs", directory.toString());
    properties.setProperty("auto.create.topics.enable", "false");
    properties.setProperty("group.initial.rebalance.delay.ms", "0");
    properties.setProperty("offsets.retention.minutes", text(OFFSETS_RETENTION_MINUTES));
    return properties;
  }

  private static void listeners(
      Properties properties, int clientPort, int controllerPort, List<ProxiedPort> proxied) {
    String clients = address(CLIENTS, clientPort);
    String controller = address(CONTROLLER, controllerPort);
    String others = joined(proxied, other -> "," + address(other.listener(), other.port()));
    String advertised = joined(proxied, other -> "," + address(other.listener(), other.proxy()));
    properties.setProperty("process.roles", "broker,controller");
    properties.setProperty("node.id", text(NODE));
    properties.setProperty("listeners", clients + "," + controller + others);
    properties.setProperty("advertised.listeners", clients + advertised);
    properties.setProperty("inter.broker.listener.name", CLIENTS);
    properties.setProperty("controller.listener.names", CONTROLLER);
    properties.setProperty(
        "listener.security.protocol.map",
        CLIENTS
            + ":PLAINTEXT,"
            + CONTROLLER
            + ":PLAINTEXT"
            + joined(proxied, other -> "," + other.listener() + ":PLAINTEXT"));
    properties.setProperty(
        "controller.quorum.voters", NODE + "@" + LoopbackSockets.HOST + ":" + controllerPort);
  }

  private static String address(String listener, int port) {
    return listener + "://" + LoopbackSockets.HOST + ":" + port;
  }

  private static String joined(List<ProxiedPort> proxied, Function<ProxiedPort, String> text) {
    return proxied.stream().map(text).collect(Collectors.joining());
  }

  /** One broker holds the only copy of everything. */
  private static void unreplicated(Properties properties) {
    properties.setProperty("default.replication.factor", "1");
    properties.setProperty("min.insync.replicas", "1");
    properties.setProperty("offsets.topic.replication.factor", "1");
    properties.setProperty("transaction.state.log.replication.factor", "1");
    properties.setProperty("transaction.state.log.min.isr", "1");
    properties.setProperty("share.coordinator.state.topic.replication.factor", "1");
    properties.setProperty("share.coordinator.state.topic.min.isr", "1");
  }

  /** Threads and buffers for a machine with a few cores that runs other processes. */
  private static void small(Properties properties) {
    properties.setProperty("offsets.topic.num.partitions", text(INTERNAL_PARTITIONS));
    properties.setProperty("transaction.state.log.num.partitions", text(INTERNAL_PARTITIONS));
    properties.setProperty("share.coordinator.state.topic.num.partitions", "1");
    properties.setProperty("num.network.threads", "2");
    properties.setProperty("num.io.threads", "4");
    properties.setProperty("background.threads", "2");
    properties.setProperty("num.recovery.threads.per.data.dir", "2");
    properties.setProperty("log.cleaner.threads", "1");
    properties.setProperty("log.cleaner.dedupe.buffer.size", text(16 * 1024 * 1024));
  }

  private static String text(int number) {
    return Integer.toString(number);
  }
}
