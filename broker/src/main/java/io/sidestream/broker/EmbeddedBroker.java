package io.sidestream.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * A Kafka broker and controller inside this JVM, reachable on 127.0.0.1, whose topics and offsets
 * stay in its directory between runs.
 */
public final class EmbeddedBroker implements AutoCloseable {
  /*
   * The three parts of Kafka's own combined mode (SharedServer, ControllerServer, BrokerServer),
   * wired here so that the sockets can be bound first: two ports that are free now and taken a
   * moment later are the usual fault of embedded brokers, and a broker that finds its port taken
   * has by then opened its log.
   */
  private static final String META_PROPERTIES = MetaPropertiesEnsemble.META_PROPERTIES_NAME;
  private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(30);

  private final int port;
  private final LoopbackSockets sockets;
  private final DirectoryLock lock;
  private final ControllerServer controller;
  private final BrokerServer broker;
  private boolean closed;

  private EmbeddedBroker(
      int port,
      LoopbackSockets sockets,
      DirectoryLock lock,
      Tuple2<ControllerServer, BrokerServer> parts) {
    this.port = port;
    this.sockets = sockets;
    this.lock = lock;
    this.controller = parts._1();
    this.broker = parts._2();
  }

  /**
   * Starts a broker, and returns when it serves requests.
   *
   * @param directory where the broker keeps its data; formatted when it is empty or absent
   * @param port where clients connect, on 127.0.0.1; 0 takes a free one
   * @throws IOException when the port is busy, or the directory is not a broker's or is in use
   */
  public static EmbeddedBroker start(Path directory, int port) throws IOException {
    return start(directory, port, Map.of());
  }

  /**
   * The same with settings of Kafka's own, over those that are made for one machine; the listener
   * of clients is called {@code CLIENTS}.
   */
  public static EmbeddedBroker start(Path directory, int port, Map<String, String> settings)
      throws IOException {
    return start(directory, port, List.of(), settings);
  }

  /**
   * The same with further ports for clients that reach the broker through others, as through a
   * proxy.
   */
  public static EmbeddedBroker start(
      Path directory, int port, List<ProxiedPort> proxied, Map<String, String> settings)
      throws IOException {
    LoopbackSockets sockets = new LoopbackSockets();
    try {
      int clientPort = sockets.bind(BrokerProperties.CLIENTS, port);
      int controllerPort = sockets.bind(BrokerProperties.CONTROLLER, 0);
      for (ProxiedPort other : proxied) {
        sockets.bind(other.listener(), other.port());
      }
      boolean formatted = isFormatted(directory);
      DirectoryLock lock = DirectoryLock.take(directory);
      try {
        if (!formatted) {
          format(directory);
        }
        Properties properties = BrokerProperties.of(directory, clientPort, controllerPort, proxied);
        properties.putAll(settings);
        return start(directory, new KafkaConfig(properties, false), clientPort, sockets, lock);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      sockets.close();
      throw e;
    }
  }

  /** Where clients connect, for example {@code 127.0.0.1:9092}. */
  public String bootstrapServers() {
    return LoopbackSockets.HOST + ":" + port;
  }

  /** Stops the broker after what it has written is on disk. */
  @Override
  public synchronized void close() throws IOException {
    if (!closed) {
      closed = true;
      broker.shutdown(SHUTDOWN_LIMIT);
      controller.shutdown();
      broker.awaitShutdown();
      controller.awaitShutdown();
      sockets.close();
      lock.close();
    }
  }

  private static boolean isFormatted(Path directory) throws IOException {
    if (Files.notExists(directory) || Files.exists(directory.resolve(META_PROPERTIES))) {
      return Files.exists(directory);
    }
    try (var entries = Files.list(directory)) {
      if (entries.anyMatch(entry -> !entry.endsWith(DirectoryLock.FILE))) {
        throw new IOException(
            directory + " holds files but no " + META_PROPERTIES + ", expected a broker's or none");
      }
    }
    return false;
  }

  private static void format(Path directory) throws IOException {
    Formatter formatter =
        new Formatter()
            .setPrintStream(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
            .setClusterId(Uuid.randomUuid().toString())
            .setNodeId(BrokerProperties.NODE)
            .setDirectories(List.of(directory.toString()))
            .setMetadataLogDirectory(Optional.of(directory.toString()))
            .setControllerListenerName(BrokerProperties.CONTROLLER)
            .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION);
    try {
      formatter.run();
    } catch (Exception e) {
      throw new IOException(directory + " could not be formatted: " + e.getMessage(), e);
    }
  }

  private static EmbeddedBroker start(
      Path directory, KafkaConfig config, int port, LoopbackSockets sockets, DirectoryLock lock)
      throws IOException {
    Faults faults = new Faults();
    EmbeddedBroker broker = new EmbeddedBroker(port, sockets, lock, wire(config, sockets, faults));
    try {
      broker.controller.startup();
      broker.broker.startup();
    } catch (RuntimeException e) {
      broker.close();
      throw new IOException("the broker on " + directory + " did not start: " + e.getMessage(), e);
    }
    faults.running();
    return broker;
  }

  private static Tuple2<ControllerServer, BrokerServer> wire(
      KafkaConfig config, LoopbackSockets sockets, Faults faults) {
    Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> stored =
        KafkaRaftServer.initializeLogDirs(
            config, LoggerFactory.getLogger(EmbeddedBroker.class), "[EmbeddedBroker] ");
    MetaPropertiesEnsemble ensemble = stored._1();
    Metrics metrics =
        Server.initializeMetrics(config, Time.SYSTEM, ensemble.clusterId().orElseThrow());
    QuorumConfig quorum = config.quorumConfig();
    SharedServer shared =
        new SharedServer(
            config,
            ensemble,
            Time.SYSTEM,
            metrics,
            CompletableFuture.completedFuture(QuorumConfig.parseVoterConnections(quorum.voters())),
            QuorumConfig.parseBootstrapServers(quorum.bootstrapServers()),
            faults,
            sockets);
    ControllerServer controller =
        new ControllerServer(shared, KafkaRaftServer.configSchema(), stored._2());
    return new Tuple2<>(controller, new BrokerServer(shared));
  }
}
