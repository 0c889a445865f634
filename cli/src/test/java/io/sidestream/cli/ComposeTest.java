package io.sidestream.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.admin.AdminConfig;
import io.sidestream.cli.ComposeFile.Service;
import io.sidestream.gateway.GatewayConfig;
import io.sidestream.index.IndexConfig;
import io.sidestream.ingest.IngestConfig;
import io.sidestream.schemas.settings.Settings;
import io.sidestream.schemas.settings.SharedSettings;
import io.sidestream.trainer.TrainerConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Holds the Compose file to the settings, commands and versions that exist. */
class ComposeTest {
  private static final ComposeFile COMPOSE = ComposeFile.read("docker-compose.yml");
  private static final long MAX_MEBIBYTES = 8 * 1024;
  private static final int JOBS = 3;
  private static final Duration MIN_GRACE = Duration.ofSeconds(60);

  /** Command → what reads its settings, and fails on a mistake. */
  private static final Map<String, Consumer<Settings>> CONFIGURATIONS =
      Map.of(
          "ingest", IngestConfig::from,
          "train", TrainerConfig::from,
          "index", IndexConfig::from,
          "gateway", GatewayConfig::from);

  /** That of {@code .env}. */
  private static final String ADMIN_TOKEN = "sidestream-admin-token";

  /** Process → port of its health and metrics. */
  private static final Map<String, Integer> ADMIN_PORTS =
      Map.of(
          "ingest", AdminConfig.INGEST_PORT,
          "trainer", AdminConfig.TRAINER_PORT,
          "index", AdminConfig.INDEX_PORT,
          "gateway", AdminConfig.GATEWAY_PORT);

  @Test
  void environment_ofOurServices_isReadAsSettings() {
    assertSettings(COMPOSE);
  }

  @Test
  void bucket_fileOfSettings_reachesEveryProcessAndTheStore() {
    ComposeFile bucket = ComposeFile.read("docker-compose.yml", "docker/s3.env");
    assertSettings(bucket);
    Map<String, String> store = bucket.service("s3").environment();
    for (String name : List.of("ingest", "trainer", "index")) {
      Map<String, String> process = bucket.service(name).environment();
      assertEquals("s3://sidestream/bundles", process.get("SIDESTREAM_BUNDLES_STORE"));
      assertEquals("http://s3:7070", process.get("SIDESTREAM_BUNDLES_S3_ENDPOINT"));
      assertEquals(
          store.get("ROOT_ACCESS_KEY"), process.get("SIDESTREAM_BUNDLES_S3_ACCESS_KEY"), name);
      assertEquals(
          store.get("ROOT_SECRET_KEY"), process.get("SIDESTREAM_BUNDLES_S3_SECRET_KEY"), name);
    }
  }

  private static void assertSettings(ComposeFile compose) {
    for (Service service : ours(compose)) {
      Settings settings =
          Settings.load(Optional.empty(), service.environment(), Map.of(), Map.of());
      String command = service.list("command").get(0);
      CONFIGURATIONS
          .getOrDefault(command, all -> all.read(SharedSettings.SCHEMA, values -> ""))
          .accept(settings);
      assertEquals(
          List.of(),
          service.environment().keySet().stream()
              .filter(name -> !name.startsWith("SIDESTREAM_"))
              .toList(),
          service.name());
    }
  }

  @Test
  void commands_ofOurServices_areCommands() {
    for (Service service : ours()) {
      PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
      SidestreamCommand.commandLine(nowhere, nowhere)
          .parseArgs(service.list("command").toArray(String[]::new));
    }
  }

  @Test
  void services_allOfThem_areCheckedOrEnd() {
    for (Service service : COMPOSE.services()) {
      Map<String, Object> check = service.map("healthcheck");
      if (service.isOneShot()) {
        assertEquals(Map.of("disable", true), check, service.name());
      } else if (!service.isOurs()) { // ours have the check of the image
        assertTrue(check.containsKey("test"), service.name() + " has no health check");
      }
    }
  }

  @Test
  void dependencies_ofServices_waitForHealthOrEnd() {
    for (Service service : COMPOSE.services()) {
      service
          .map("depends_on")
          .forEach(
              (name, condition) ->
                  assertEquals(
                      Map.of(
                          "condition",
                          COMPOSE.service(name).isOneShot()
                              ? "service_completed_successfully"
                              : "service_healthy"),
                      condition,
                      service.name() + " on " + name));
    }
  }

  @Test
  void memory_ofSystemAndDemo_fitsTheLimit() {
    long sum = 0;
    for (Service service : COMPOSE.services()) {
      assertTrue(service.memoryMebibytes() > 0, service.name() + " has no limit in MiB");
      if (Set.of("", "demo").containsAll(service.list("profiles"))) {
        sum += service.memoryMebibytes();
      }
    }
    assertTrue(sum <= MAX_MEBIBYTES, "limits sum up to " + sum + " MiB");
  }

  @Tag("S6")
  @Test
  void ports_published_areOnLoopbackAndDistinct() {
    Set<String> taken = new HashSet<>();
    for (Service service : COMPOSE.services()) {
      for (String port : service.list("ports")) {
        assertTrue(port.startsWith("127.0.0.1:"), service.name() + " publishes " + port);
        assertTrue(taken.add(port.split(":")[1]), port);
      }
    }
    assertEquals(List.of(), COMPOSE.service("index").list("ports"), "replicas share no port");
  }

  @Test
  void images_ofOthers_arePinnedToTheVersionsOfTheBuild() throws IOException {
    String pom = Files.readString(Path.of("..", "pom.xml"));
    for (Service service : COMPOSE.services()) {
      String image = service.text("image");
      assertTrue(image.matches("[\\w./-]+:[\\w.-]*\\d[\\w.-]*"), service.name() + ": " + image);
      assertFalse(image.contains("latest"), image);
    }
    String kafka = COMPOSE.service("kafka").text("image").split(":")[1];
    assertTrue(pom.contains("<kafka.version>" + kafka + "</kafka.version>"), kafka);
    String flink = COMPOSE.service("flink-jobmanager").text("image").split("[:-]")[1];
    assertTrue(pom.contains("<flink.version>" + flink + "</flink.version>"), flink);
  }

  /** Its REST asks for no token. */
  @Tag("S6")
  @Test
  void flink_ofTheStack_takesNoJarsByItsPages() {
    assertEquals(false, flink(COMPOSE.service("flink-jobmanager")).get("web.submit.enable"));
  }

  /** By its address it never came back where the JobManager had got that meanwhile. */
  @Tag("F8")
  @Test
  void flink_ofTheStack_knowsTaskManagersByName() {
    assertEquals(
        "name", flink(COMPOSE.service("flink-taskmanager")).get("taskmanager.network.bind-policy"));
  }

  private static Map<String, Object> flink(Service service) {
    return new Yaml(new SafeConstructor(new LoaderOptions()))
        .load(service.environment().get("FLINK_PROPERTIES"));
  }

  @Test
  void flink_ofTheStack_hasSlotsAndThePathsOfIngest() {
    Service ingest = COMPOSE.service("ingest");
    Service tasks = COMPOSE.service("flink-taskmanager");
    Map<String, Object> flink = flink(tasks);
    int slots = Integer.parseInt(flink.get("taskmanager.numberOfTaskSlots").toString());
    int each = Integer.parseInt(ingest.environment().get("SIDESTREAM_INGEST_PARALLELISM"));
    assertEquals(JOBS * each, slots);

    List<String> state =
        List.of("SIDESTREAM_INGEST_CHECKPOINT_DIR", "SIDESTREAM_INGEST_SAVEPOINT_DIR");
    for (Service service : List.of(ingest, tasks, COMPOSE.service("flink-jobmanager"))) {
      for (String directory : state) {
        assertTrue(isMounted(service, ingest.environment().get(directory)), service.name());
      }
    }
    for (String reader : List.of("flink-taskmanager", "index", "trainer")) {
      String store = ingest.environment().get("SIDESTREAM_BUNDLES_STORE");
      assertTrue(isMounted(COMPOSE.service(reader), store), reader);
    }
    assertEquals("1", tasks.environment().get("ORT_DISABLE_TELEMETRY"));
  }

  private static boolean isMounted(Service service, String path) {
    return service.list("volumes").stream()
        .map(volume -> volume.split(":"))
        .anyMatch(volume -> volume.length > 1 && (path + "/").startsWith(volume[1] + "/"));
  }

  @Test
  void processes_ofOurs_cannotWriteToTheirRootAndStopInOrder() {
    for (Service service : ours()) {
      assertEquals("true", service.text("read_only"), service.name());
      assertFalse(service.keys().containsKey("container_name"), service.name());
      if (!service.isOneShot()) {
        Duration grace = Duration.parse("PT" + service.text("stop_grace_period"));
        assertTrue(grace.compareTo(MIN_GRACE) >= 0, service.name() + " stops within " + grace);
      }
    }
  }

  @Test
  void adminPorts_ofProcesses_areCheckedScrapedAndShown() throws IOException {
    String check = Files.readString(Path.of("..", "docker", "healthcheck"));
    String scraped = Files.readString(Path.of("..", "observability/prometheus/prometheus.yml"));
    Map<String, URI> shown = configuration("gateway", GatewayConfig::from).processes();
    for (Service service : ours()) {
      if (!service.isOneShot()) {
        String name = service.name();
        int port = ADMIN_PORTS.get(name);
        String setting = "SIDESTREAM_" + name.toUpperCase(Locale.ROOT) + "_ADMIN_";
        assertTrue(check.contains("${" + setting + "PORT:-" + port + "}"), name);
        assertEquals("0.0.0.0", service.environment().get(setting + "HOST"));
        assertTrue(
            scraped.contains('"' + name + ":" + port + '"')
                || scraped.contains("names: [" + name + "], type: A, port: " + port),
            name);
        assertTrue(
            name.equals("gateway")
                || URI.create("http://" + name + ":" + port).equals(shown.get(name)),
            name);
      }
    }
  }

  @Test
  void adminToken_ofTheStack_isThatOfEveryProcessAndOfPrometheus() throws IOException {
    for (Service service : ours()) {
      assertEquals(ADMIN_TOKEN, service.environment().get("SIDESTREAM_ADMIN_TOKEN"));
    }
    assertTrue(configuration("gateway", GatewayConfig::from).admin().token().isPresent());

    List<String> secrets = COMPOSE.service("prometheus").list("secrets");
    assertEquals(List.of("admin_token"), secrets);
    assertEquals(Map.of("environment", "ADMIN_TOKEN"), COMPOSE.secret("admin_token"));
    Map<String, Object> scraped =
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .load(Files.readString(Path.of("..", "observability/prometheus/prometheus.yml")));
    for (Object job : (List<?>) scraped.get("scrape_configs")) {
      Map<?, ?> keys = (Map<?, ?>) job;
      Map<String, String> expected =
          ADMIN_PORTS.containsKey(keys.get("job_name"))
              ? Map.of("credentials_file", "/run/secrets/admin_token")
              : null;
      assertEquals(expected, keys.get("authorization"), keys.get("job_name").toString());
    }
  }

  @Test
  void gateway_ofTheStack_isPublishedAtItsPort() {
    Service gateway = COMPOSE.service("gateway");
    String port = Integer.toString(configuration("gateway", GatewayConfig::from).port());
    assertEquals(port, gateway.list("ports").get(0).split(":")[2]);
    assertEquals(List.of(), gateway.list("volumes"), "it keeps nothing");
  }

  private static <T> T configuration(String service, Function<Settings, T> from) {
    Map<String, String> environment = COMPOSE.service(service).environment();
    return from.apply(Settings.load(Optional.empty(), environment, Map.of(), Map.of()));
  }

  @Test
  void volumes_mounted_areDeclared() {
    Set<String> mounted = new HashSet<>();
    for (Service service : COMPOSE.services()) {
      for (String volume : service.list("volumes")) {
        if (!volume.startsWith("/") && !volume.startsWith(".")) { // "." is a folder of this tree
          mounted.add(volume.split(":")[0]);
        }
      }
    }
    assertEquals(mounted, Set.copyOf(COMPOSE.volumes()));
  }

  private static List<Service> ours() {
    return ours(COMPOSE);
  }

  private static List<Service> ours(ComposeFile compose) {
    List<Service> ours = compose.services().stream().filter(Service::isOurs).toList();
    assertFalse(ours.isEmpty());
    return ours;
  }
}
