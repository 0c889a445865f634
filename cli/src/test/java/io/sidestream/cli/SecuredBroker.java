package io.sidestream.cli;

import io.sidestream.broker.EmbeddedBroker;
import io.sidestream.schemas.access.Acl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePattern;

/**
 * A broker whose only listener for clients speaks SASL over TLS, and whose authorizer denies what
 * no ACL allows. Users are made with a password that follows from their name.
 */
final class SecuredBroker implements AutoCloseable {
  private static final String MODULES = "org.apache.kafka.common.security.";
  private static final String LISTENER = "listener.name.clients.";
  private static final String ADMIN = "admin";
  private static final int ITERATIONS = 4_096;

  private final EmbeddedBroker broker;
  private final Path trustStore;
  private final Admin admin;

  private SecuredBroker(EmbeddedBroker broker, Path trustStore) {
    this.broker = broker;
    this.trustStore = trustStore;
    this.admin = Admin.create(clients(plain(ADMIN)));
  }

  static SecuredBroker start(Path directory) throws IOException, InterruptedException {
    Certificates certificates = new Certificates(directory);
    Path keyStore = certificates.keyStore("broker");
    Path trustStore = certificates.trusting("broker", keyStore);
    return new SecuredBroker(
        EmbeddedBroker.start(directory.resolve("broker"), 0, settings(keyStore, trustStore)),
        trustStore);
  }

  private static Map<String, String> settings(Path keyStore, Path trustStore) {
    Map<String, String> settings = new HashMap<>();
    settings.put("listener.security.protocol.map", "CLIENTS:SASL_SSL,CONTROLLER:PLAINTEXT");
    settings.put("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-512,OAUTHBEARER");
    settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    settings.put(
        LISTENER + "plain.sasl.jaas.config",
        MODULES
            + "plain.PlainLoginModule required username=\"broker\" password=\"broker-secret\""
            + " user_broker=\"broker-secret\" user_admin=\"admin-secret\""
            + " user_plain=\"plain-secret\";");
    settings.put(
        LISTENER + "scram-sha-512.sasl.jaas.config", MODULES + "scram.ScramLoginModule required;");
    settings.put(
        LISTENER + "oauthbearer.sasl.jaas.config",
        MODULES
            + "oauthbearer.OAuthBearerLoginModule required"
            + " unsecuredLoginStringClaim_sub=\"broker\";");
    settings.put(
        LISTENER + "oauthbearer.sasl.server.callback.handler.class",
        MODULES + "oauthbearer.internals.unsecured.OAuthBearerUnsecuredValidatorCallbackHandler");
    for (String prefix : List.of("ssl.", LISTENER + "ssl.")) {
      settings.put(prefix + "keystore.location", keyStore.toString());
      settings.put(prefix + "keystore.password", Certificates.PASSWORD);
      settings.put(prefix + "truststore.location", trustStore.toString());
      settings.put(prefix + "truststore.password", Certificates.PASSWORD);
    }
    settings.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    settings.put("super.users", "User:broker;User:admin;User:ANONYMOUS");
    return settings;
  }

  /** An admin that may do everything. */
  Admin admin() {
    return admin;
  }

  /** Where clients connect. */
  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** A user of SCRAM, with these permissions and no others. */
  Map<String, String> user(String name, Collection<Acl> acls)
      throws ExecutionException, InterruptedException {
    admin
        .alterUserScramCredentials(
            List.of(
                new UserScramCredentialUpsertion(
                    name,
                    new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS),
                    password(name))))
        .all()
        .get();
    admin.createAcls(acls.stream().map(acl -> binding(name, acl)).toList()).all().get();
    return scram(name, password(name));
  }

  /** Takes a permission from a user. */
  void revoke(String name, Acl acl) throws ExecutionException, InterruptedException {
    admin.deleteAcls(List.of(binding(name, acl).toFilter())).all().get();
  }

  /** Gives a permission to a user. */
  void grant(String name, Acl acl) throws ExecutionException, InterruptedException {
    admin.createAcls(List.of(binding(name, acl))).all().get();
  }

  static String password(String name) {
    return name + "-secret";
  }

  /** Settings of a client that logs in with SCRAM, each with {@code kafka.} before it. */
  Map<String, String> scram(String name, String password) {
    return login("SCRAM-SHA-512", "scram.ScramLoginModule", name, password);
  }

  /** The same with PLAIN. */
  Map<String, String> plain(String name) {
    return login("PLAIN", "plain.PlainLoginModule", name, password(name));
  }

  /** The same with OAUTHBEARER and unsigned tokens. */
  Map<String, String> oauth(String name) {
    Map<String, String> settings = tls("OAUTHBEARER");
    settings.put(
        "kafka.sasl.jaas.config",
        MODULES
            + "oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub=\""
            + name
            + "\";");
    settings.put(
        "kafka.sasl.login.callback.handler.class",
        MODULES + "oauthbearer.internals.unsecured.OAuthBearerUnsecuredLoginCallbackHandler");
    return settings;
  }

  private Map<String, String> login(String mechanism, String module, String name, String password) {
    Map<String, String> settings = tls(mechanism);
    settings.put(
        "kafka.sasl.jaas.config",
        "%s%s required username=\"%s\" password=\"%s\";"
            .formatted(MODULES, module, name, password));
    return settings;
  }

  private Map<String, String> tls(String mechanism) {
    Map<String, String> settings = new HashMap<>();
    settings.put("kafka.bootstrap.servers", broker.bootstrapServers());
    settings.put("kafka.security.protocol", "SASL_SSL");
    settings.put("kafka.sasl.mechanism", mechanism);
    settings.put("kafka.ssl.truststore.location", trustStore.toString());
    settings.put("kafka.ssl.truststore.password", Certificates.PASSWORD);
    return settings;
  }

  /** Settings as Kafka's clients take them. */
  static Map<String, Object> clients(Map<String, String> settings) {
    Map<String, Object> clients = new HashMap<>();
    settings.forEach((key, value) -> clients.put(key.substring("kafka.".length()), value));
    return clients;
  }

  private static AclBinding binding(String name, Acl acl) {
    return new AclBinding(
        new ResourcePattern(acl.resource(), acl.name(), acl.pattern()),
        new AccessControlEntry("User:" + name, "*", acl.operation(), AclPermissionType.ALLOW));
  }

  @Override
  public void close() throws IOException {
    admin.close();
    broker.close();
  }
}
