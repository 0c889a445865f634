package io.sidestream.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.broker.EmbeddedBroker;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.kafka.TopicCreator;
import io.sidestream.schemas.settings.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to the process when a permission to read is taken away. */
class GatewayEndTest {
  private static final Map<String, String> AUTHORIZER =
      Map.of(
          "authorizer.class.name",
          "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
          "allow.everyone.if.no.acl.found",
          "true");

  @TempDir Path folder;

  @Timeout(120)
  @ParameterizedTest
  @ValueSource(strings = {"items", "search-results"})
  void awaitStopped_topicIsForbidden_endsWithTheReason(String name) throws Exception {
    Topics topics = Topics.DEFAULT;
    Topic topic =
        topics.carrying().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0, AUTHORIZER);
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      TopicCreator.create(admin, topics);
      Map<String, String> settings =
          Map.of(
              "kafka.bootstrap.servers",
              broker.bootstrapServers(),
              "gateway.port",
              "0",
              "gateway.admin.port",
              "0");
      try (GatewayApplication gateway =
          GatewayApplication.start(GatewayConfig.from(Settings.of(settings)))) {
        assertEquals(200, live(gateway));
        admin.createAcls(List.of(denied(topic))).all().get();

        IllegalStateException end =
            assertThrows(IllegalStateException.class, gateway::awaitStopped);
        assertTrue(end.getMessage().contains(name), end.getMessage());
        assertEquals(503, live(gateway));
      }
    }
  }

  private static AclBinding denied(Topic topic) {
    return new AclBinding(
        new ResourcePattern(ResourceType.TOPIC, topic.name(), PatternType.LITERAL),
        new AccessControlEntry("User:*", "*", AclOperation.READ, AclPermissionType.DENY));
  }

  private static int live(GatewayApplication gateway) throws Exception {
    URI live = URI.create("http://127.0.0.1:" + gateway.adminPort() + "/health/live");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(live).build(), HttpResponse.BodyHandlers.ofString())
        .statusCode();
  }
}
