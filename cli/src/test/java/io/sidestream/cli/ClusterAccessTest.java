package io.sidestream.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserErrorException;
import io.sidestream.schemas.access.Acl;
import io.sidestream.schemas.access.Acls;
import io.sidestream.schemas.access.ClusterAccess;
import io.sidestream.schemas.kafka.TopicCreator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logins, handshakes and permissions at a broker that demands all three. */
class ClusterAccessTest {
  private static final Topics TOPICS = Topics.DEFAULT;
  private static final String APPLICATION = "sidestream-index";
  private static final String INTERNAL = APPLICATION + "-users-repartition";
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir static Path directory;
  private static SecuredBroker broker;

  @BeforeAll
  static void start() throws Exception {
    broker = SecuredBroker.start(directory);
    TopicCreator.create(broker.admin(), TOPICS);
    broker.admin().createTopics(List.of(new NewTopic(INTERNAL, 1, (short) 1))).all().get();
  }

  @AfterAll
  static void stop() throws Exception {
    broker.close();
  }

  @Test
  void require_documentedAcls_isAllowed() throws Exception {
    for (Map.Entry<String, List<Acl>> role : roles().entrySet()) {
      Map<String, String> user = broker.user("all-" + role.getKey(), role.getValue());
      require(user, role.getValue());
    }
  }

  @Tag("S4")
  @Test
  void require_noAcl_namesAll() throws Exception {
    Map<String, String> user = broker.user("unprivileged", List.of());
    for (List<Acl> acls : roles().values()) {
      String message = refusal(user, acls);
      for (Acl acl : acls) {
        assertTrue(message.contains(acl.toString()) || isHidden(acl), acl + ": " + message);
      }
    }
  }

  /** Whom nothing is allowed on a topic does not learn that it exists. */
  private static boolean isHidden(Acl acl) {
    return acl.isPrefixed() && acl.operation() != AclOperation.CREATE;
  }

  /** One ACL for each operation on each kind of resource. */
  @Tag("S4")
  @Test
  void require_oneAclLess_namesIt() throws Exception {
    for (Map.Entry<String, List<Acl>> role : roles().entrySet()) {
      String name = "less-" + role.getKey();
      Map<String, String> user = broker.user(name, role.getValue());
      Set<String> tried = new HashSet<>();
      for (Acl acl : role.getValue()) {
        if (!tried.add(acl.kind() + acl.pattern() + acl.operation())) {
          continue;
        }
        broker.revoke(name, acl);
        String message = refusal(user, role.getValue());
        broker.grant(name, acl);
        assertEquals(
            "broker at %s does not allow %s; which ACLs each role needs: sidestream topics acls"
                .formatted(broker.bootstrapServers(), acl),
            message);
      }
    }
  }

  @Tag("B18")
  @Test
  void require_missingTopic_namesIt() throws Exception {
    List<Acl> other =
        List.of(new Acl(ResourceType.TOPIC, PatternType.LITERAL, "other", AclOperation.READ));
    assertEquals(
        "broker at %s has no topic other: create the topics first (sidestream topics create)"
            .formatted(broker.bootstrapServers()),
        refusal(broker.user("other", other), other));
  }

  @Tag("S4")
  @Test
  void require_wrongPassword_namesTheLogin() throws Exception {
    broker.user("wrong", List.of());
    String message = refusal(broker.scram("wrong", "guess"), Acls.producer(TOPICS));
    assertTrue(message.contains("the login is refused"), message);
    assertTrue(message.contains("invalid credentials with SASL mechanism SCRAM-SHA-512"), message);
  }

  @Test
  void require_unknownMechanism_namesIt() throws Exception {
    Map<String, String> settings = broker.scram("wrong", "guess");
    settings.put("kafka.sasl.mechanism", "SCRAM-SHA-256");
    String message = refusal(settings, Acls.producer(TOPICS));
    assertTrue(message.contains("SCRAM-SHA-256"), message);
  }

  @Tag("S3")
  @Test
  void require_wrongTrustStore_namesTheHandshake() throws Exception {
    Certificates certificates = new Certificates(directory);
    Path other = certificates.trusting("other", certificates.keyStore("other"));
    Map<String, String> settings = broker.plain("plain");
    settings.put("kafka.ssl.truststore.location", other.toString());
    String message = refusal(settings, Acls.producer(TOPICS));
    assertTrue(message.contains("the TLS handshake failed"), message);
  }

  /** Of an authority that the client trusts, like the one that it takes. */
  @Tag("S3")
  @Test
  void require_certificateThatExpiredOrIsOfAnotherHost_namesTheHandshake() throws Exception {
    String here = "SAN=ip:127.0.0.1";
    Path signed =
        new Certificates(directory)
            .signedByAuthority(
                Map.of(
                    "good", List.of("-ext", here, "-validity", "2"),
                    "expired", List.of("-ext", here, "-startdate", "-3d", "-validity", "2"),
                    "elsewhere", List.of("-ext", "SAN=dns:broker.example", "-validity", "2")));
    Path trusting = directory.resolve("authority-trust.p12");
    TlsDoor.trust(signed, Certificates.AUTHORITY, trusting);
    for (String name : List.of("good", "expired", "elsewhere")) {
      try (TlsDoor door = TlsDoor.open(signed, name)) {
        Map<String, Object> settings =
            Map.of(
                "bootstrap.servers",
                door.address(),
                "security.protocol",
                "SSL",
                "ssl.truststore.location",
                trusting.toString(),
                "ssl.truststore.password",
                Certificates.PASSWORD);
        String message =
            assertThrows(
                    UserErrorException.class,
                    () ->
                        ClusterAccess.require(
                            settings, Duration.ofSeconds(3), Acls.producer(TOPICS)))
                .getMessage();
        boolean taken = name.equals("good");
        assertEquals(!taken, message.contains("the TLS handshake failed"), name + ": " + message);
        assertEquals(taken, door.passed() > 0, name);
      }
    }
  }

  @Test
  void require_noTrustStoreFile_namesTheSettings() throws Exception {
    Map<String, String> settings = broker.plain("plain");
    String none = directory.resolve("none.p12").toString();
    settings.put("kafka.ssl.truststore.location", none);
    String message = refusal(settings, Acls.producer(TOPICS));
    assertTrue(message.startsWith("no client can be made with the settings kafka.*: "), message);
    assertTrue(message.contains(none), message);
  }

  @Test
  void require_noPassword_namesTheSettings() throws Exception {
    Map<String, String> settings = broker.plain("plain");
    settings.remove("kafka.sasl.jaas.config");
    String message = refusal(settings, Acls.producer(TOPICS));
    assertTrue(message.contains("Could not find a 'KafkaClient' entry in the JAAS"), message);
  }

  @Tag("S3")
  @Test
  void require_plaintext_asksForTheProtocol() throws Exception {
    for (String protocol : List.of("PLAINTEXT", "SSL")) {
      Map<String, String> settings = broker.plain("plain");
      settings.put("kafka.security.protocol", protocol);
      String message =
          assertThrows(
                  UserErrorException.class,
                  () ->
                      ClusterAccess.require(
                          SecuredBroker.clients(settings),
                          Duration.ofSeconds(2),
                          Acls.producer(TOPICS)))
              .getMessage();
      assertEquals(
          "no broker answers at %s within 2 s, but a connection is accepted: is"
                  .formatted(broker.bootstrapServers())
              + " kafka.security.protocol, %s, that of the listener?".formatted(protocol),
          message);
    }
  }

  @Test
  void require_tokenOfOauth_isAllowed() throws Exception {
    List<Acl> acls = Acls.producer(TOPICS);
    broker.user("token", acls);
    require(broker.oauth("token"), acls);
  }

  private static Map<String, List<Acl>> roles() {
    Map<String, List<Acl>> roles = new HashMap<>();
    roles.put("producer", Acls.producer(TOPICS));
    roles.put("client", Acls.client(TOPICS));
    roles.put("ingest", Acls.ingest(TOPICS));
    roles.put("trainer", Acls.trainer(TOPICS));
    roles.put("index", Acls.index(TOPICS, APPLICATION, Set.of()));
    roles.put("operator", operator());
    return roles;
  }

  /** Those of all topics are alike. */
  private static List<Acl> operator() {
    Set<String> one =
        Set.of("items", "items.rejected", "generations", "training-requests", "pair-counts");
    return Acls.operator(TOPICS).stream()
        .filter(acl -> acl.resource() != ResourceType.TOPIC || one.contains(acl.name()))
        .toList();
  }

  private static void require(Map<String, String> settings, List<Acl> acls) {
    ClusterAccess.require(SecuredBroker.clients(settings), LIMIT, acls);
  }

  private static String refusal(Map<String, String> settings, List<Acl> acls) {
    return assertThrows(UserErrorException.class, () -> require(settings, acls)).getMessage();
  }
}
