package io.sidestream.benchmarks.requests;

import static io.sidestream.schemas.Checks.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.benchmarks.measure.Measurement;
import io.sidestream.benchmarks.measure.ProcessCpu;
import io.sidestream.broker.EmbeddedBroker;
import io.sidestream.model.bundle.BundleFiles;
import io.sidestream.model.bundle.BundleReader;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Namespace;
import io.sidestream.schemas.TopicPolicy;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.kafka.GenerationLog;
import io.sidestream.schemas.kafka.TopicCreator;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Latency and capacity of an index process and of an echo by raw Kafka clients, each in a process
 * of its own, over a broker in this one. At each rate the echo's step precedes those of the index.
 * At the end more is offered than the index can answer.
 */
public final class RequestPath {
  private static final double[] SHARES = {1, .9, .8, .7, .6, .5};
  private static final double SUSTAINED = .99;
  private static final Pattern GENERATION = Pattern.compile("generation-(\\d{1,18})");

  private final RequestOptions options;
  private final PrintStream out;

  RequestPath(PrintStream out, String... arguments) {
    this.options = RequestOptions.parse(arguments);
    this.out = out;
  }

  /** Measures with the options that the arguments give. */
  public static void main(String[] arguments) throws Exception {
    try {
      new RequestPath(System.out, arguments).run();
      System.exit(0);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  void run() throws Exception {
    Path run = options.directory().resolve("run-" + ProcessHandle.current().pid());
    Path bundle = newest(options.bundles());
    try (EmbeddedBroker broker = EmbeddedBroker.start(run.resolve("broker"), 0);
        OpenGeneration generation = BundleReader.open(bundle, OnnxSessions.cpu(1))) {
      String servers = broker.bootstrapServers();
      Topics ofEcho = topics(servers, "echo.");
      Topics ofIndex = topics(servers, "");
      announce(servers, ofIndex, generation);
      try (ServerProcess echo =
              ServerProcess.start(EchoServer.class, options.heap(), List.of(servers, "echo."));
          LoadClient toEcho = client(servers, ofEcho, generation);
          LoadClient toIndex = client(servers, ofIndex, generation)) {
        toIndex.sendInteractions();
        try (ServerProcess index =
            ServerProcess.start(IndexServer.class, options.heap(), indexSettings(servers, run))) {
          measure(new Side("echo", echo, toEcho), new Side("index", index, toIndex));
        }
      }
    }
  }

  private record Side(String name, ServerProcess process, LoadClient client) {}

  /** Sends the requests of one step. */
  @FunctionalInterface
  private interface Sending {
    Replied send(LoadClient client) throws InterruptedException;
  }

  private void measure(Side echo, Side index) throws Exception {
    for (Side side : List.of(echo, index)) {
      side.client().inWindow(Workload.Kind.MIXED, 2, options.warmUp());
    }
    for (int rate : options.rates()) {
      latency(echo, Workload.Kind.BLANK, rate);
      latency(index, Workload.Kind.BLANK, rate);
      latency(index, Workload.Kind.SEARCH, rate);
      latency(index, Workload.Kind.USER, rate);
    }
    capacity(echo);
    double capacity = capacity(index);
    double sustained = sustained(index, capacity);
    if (options.flood() > 0) {
      Replied flooded = flood(index, capacity);
      out.println(
          Measurement.of("requests")
              .put("sustained_per_s", Measurement.rounded(sustained))
              .put("goodput_per_s", Measurement.rounded(flooded.goodput()))
              .put("share", Measurement.rounded(flooded.goodput() / capacity)));
    }
  }

  private void latency(Side side, Workload.Kind kind, int rate) throws Exception {
    step(side, "latency", kind, rate, client -> client.atRate(kind, rate, options.length()));
  }

  private double capacity(Side side) throws Exception {
    Workload.Kind kind = Workload.Kind.MIXED;
    return step(
            side,
            "capacity",
            kind,
            0,
            client -> client.inWindow(kind, options.window(), options.length()))
        .goodput();
  }

  /** The highest share of the capacity at which nearly all are answered in time. */
  private double sustained(Side side, double capacity) throws Exception {
    for (double share : SHARES) {
      double rate = share * capacity;
      Replied replied =
          step(
              side,
              "sustained",
              Workload.Kind.MIXED,
              rate,
              client -> client.atRate(Workload.Kind.MIXED, rate, options.length()));
      if (replied.good() >= SUSTAINED * replied.sent()) {
        return rate;
      }
    }
    return 0;
  }

  private Replied flood(Side side, double capacity) throws Exception {
    double rate = options.flood() * capacity;
    return step(
        side,
        "flood",
        Workload.Kind.MIXED,
        rate,
        client -> client.atRate(Workload.Kind.MIXED, rate, options.length()));
  }

  private Replied step(Side side, String name, Workload.Kind kind, double rate, Sending sending)
      throws Exception {
    var answeredBefore = side.process().answered();
    double residentBefore = side.process().residentMib();
    var cpuBefore = side.process().cpu();
    ProcessCpu drivenBefore = ProcessCpu.now();
    Replied replied = sending.send(side.client());
    double cpuMillis = side.process().cpu().minus(cpuBefore).toNanos() / 1e6;
    double drivenMillis = ProcessCpu.now().since(drivenBefore).all() * 1_000;
    ObjectNode line =
        Measurement.of("requests")
            .put("side", side.name())
            .put("step", name)
            .put("kind", kind.label())
            .put("rate", Measurement.rounded(rate));
    replied.into(line);
    double model = side.process().answered().meanMillisSince(answeredBefore);
    line.put("model_ms", Measurement.rounded(model))
        .put("cpu_ms_a_request", Measurement.rounded(cpuMillis / replied.sent()))
        .put("broker_cpu_ms_a_request", Measurement.rounded(drivenMillis / replied.sent()))
        .put("resident_mib", Math.round(side.process().residentMib()))
        .put("resident_before_mib", Math.round(residentBefore));
    out.println(line);
    return replied;
  }

  /** The newest generation of a store. */
  public static Path newest(Path bundles) throws IOException {
    Path store = bundles.resolve(Namespace.DEFAULT_CATALOGUE);
    check(
        Files.isDirectory(store),
        "%s is no directory: bundles=STORE names a store of generations, as ./sidestream demo"
            + " leaves one",
        store);
    try (Stream<Path> all = Files.list(store)) {
      return all.filter(each -> Files.exists(each.resolve(BundleFiles.MANIFEST)))
          .max(Comparator.comparingLong(RequestPath::number))
          .orElseThrow(() -> new IllegalArgumentException(store + " holds no generation"));
    }
  }

  /** The generation in a bundle's directory, by its name; those of another name come first. */
  static long number(Path bundle) {
    Matcher name = GENERATION.matcher(bundle.getFileName().toString());
    return name.matches() ? Long.parseLong(name.group(1)) : -1;
  }

  private LoadClient client(String servers, Topics topics, OpenGeneration generation) {
    List<ItemId> items = generation.assignments().items();
    return new LoadClient(
        servers,
        new Workload(topics, words(generation), items, options.users(), options.seed()),
        options.limit(),
        options.deadlines());
  }

  /** Words of the texts that a generation is verified by: queries are made of them. */
  public static List<String> words(OpenGeneration generation) {
    List<String> words = new ArrayList<>();
    generation
        .manifest()
        .probes()
        .forEach(probe -> words.addAll(Arrays.asList(probe.text().split("\\W+"))));
    words.removeIf(String::isEmpty);
    return words;
  }

  /** Creates the topics of a prefix. */
  public static Topics topics(String servers, String prefix) throws Exception {
    Topics topics =
        Topics.of(new Namespace(prefix, Namespace.DEFAULT_CATALOGUE), TopicPolicy.DEFAULT);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      TopicCreator.create(admin, topics);
    }
    return topics;
  }

  /** Announces a generation as live. */
  public static void announce(String servers, Topics topics, OpenGeneration generation)
      throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      GenerationLog.announce(
          producer,
          topics.generations(),
          new GenerationAnnouncement(
              generation.generation(),
              GenerationState.LIVE,
              "measured",
              generation.manifestSha256(),
              Optional.empty(),
              new CorpusOffsets(Map.of()),
              Map.of(),
              Instant.now()));
    }
  }

  private List<String> indexSettings(String servers, Path run) {
    List<String> settings = new ArrayList<>();
    settings.add("kafka.bootstrap.servers=" + servers);
    settings.add("bundles.store=" + options.bundles());
    settings.add("index.dir=" + run.resolve("index"));
    settings.add("index.admin.port=0");
    settings.addAll(options.settings());
    return settings;
  }
}
