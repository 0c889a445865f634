package io.sidestream.client;

import io.sidestream.schemas.UserErrorException;
import io.sidestream.schemas.access.Acl;
import io.sidestream.schemas.access.ClusterAccess;
import io.sidestream.schemas.access.ClusterErrors;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Connections to a broker, with errors in one sentence. */
public final class Brokers {
  private Brokers() {}

  /**
   * An admin client of a broker that responds.
   *
   * @throws UserErrorException when no broker responds, or it refuses
   */
  public static Admin reach(Connection connection) {
    return ClusterAccess.reach(connection.kafka(), connection.timeout());
  }

  /**
   * Checks that a broker responds, has the topics of these permissions, and grants them.
   *
   * @throws UserErrorException when it does not
   */
  public static void require(Connection connection, List<Acl> acls) {
    ClusterAccess.require(connection.kafka(), connection.timeout(), acls);
  }

  /** The error of a failed request to a broker; keeps an interruption. */
  public static UserErrorException unavailable(Connection connection, Exception failure) {
    return ClusterErrors.of(connection.kafka(), connection.timeout(), failure);
  }

  /** A producer whose records are acknowledged by all replicas. */
  static Producer<byte[], byte[]> producer(Connection connection) {
    return new KafkaProducer<>(
        connection.clients(Map.of(), Map.of(ProducerConfig.ACKS_CONFIG, "all")),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
