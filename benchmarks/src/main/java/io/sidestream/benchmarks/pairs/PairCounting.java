package io.sidestream.benchmarks.pairs;

import static io.sidestream.schemas.Checks.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.benchmarks.measure.ClassPath;
import io.sidestream.benchmarks.measure.Measurement;
import io.sidestream.benchmarks.measure.ProcessMemory;
import io.sidestream.broker.EmbeddedBroker;
import io.sidestream.schemas.Namespace;
import io.sidestream.schemas.TopicPolicy;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.kafka.TopicCreator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Pairs a CPU second of the counting job and its peers. The broker is in this process, each side in
 * one of its own, one after the other, on the same events; totals are compared with a plain count.
 */
public final class PairCounting {
  /** Different pairs at the first line on the way, and what each later line has of the last. */
  private static final double FIRST_PROGRESS = 1e6;

  private static final double PROGRESS_STEP = Math.sqrt(10);

  private final PairOptions options;
  private final String[] arguments;
  private final PrintStream out;
  private final ExpectedTotals expected = new ExpectedTotals();
  private final Map<Side, Double> rates = new EnumMap<>(Side.class);

  PairCounting(PrintStream out, String... arguments) {
    this.options = PairOptions.parse(arguments);
    this.arguments = arguments.clone();
    this.out = out;
  }

  /** Measures with the options that the arguments give. */
  public static void main(String[] arguments) throws Exception {
    try {
      new PairCounting(System.out, arguments).run();
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  void run() throws Exception {
    options.pairEvents().forEach(expected::add);
    Path run = options.directory().resolve("run-" + ProcessHandle.current().pid());
    try (EmbeddedBroker broker = EmbeddedBroker.start(run.resolve("broker"), 0)) {
      for (int round = 0; round < options.repeat(); round++) {
        for (Side side : options.sides()) {
          String name = side.label() + "-" + round;
          measure(side, broker.bootstrapServers(), name + ".", run.resolve(name));
        }
      }
    }
    ratios();
  }

  private void measure(Side side, String servers, String prefix, Path directory) throws Exception {
    Topics topics =
        Topics.of(new Namespace(prefix, Namespace.DEFAULT_CATALOGUE), TopicPolicy.DEFAULT);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      TopicCreator.create(admin, topics);
    }
    if (side != Side.LOOP) {
      send(servers, topics);
    }
    long begun = System.nanoTime();
    Process process = start(side, servers, prefix, directory);
    try (CommittedTotals committed = new CommittedTotals(servers, topics.pairCounts(), expected)) {
      await(side, process, committed);
      double seconds = (System.nanoTime() - begun) / 1e9;
      print(side, result(process), committed, seconds);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Until all pairs are committed; a side that commits nothing more for a time has failed. */
  private void await(Side side, Process process, CommittedTotals committed)
      throws MalformedRecordException {
    long begun = System.nanoTime();
    long grown = begun;
    double next = FIRST_PROGRESS;
    while (side != Side.LOOP && expected.committedSum() < expected.pairs()) {
      check(process.isAlive(), "%s ended by itself", side.label());
      long before = expected.committedSum();
      committed.poll();
      grown = expected.committedSum() > before ? System.nanoTime() : grown;
      if (expected.committedDistinct() >= next) {
        progress(side, process, committed, (System.nanoTime() - begun) / 1e9);
        next *= PROGRESS_STEP;
      }
      check(
          System.nanoTime() - grown <= TimeUnit.SECONDS.toNanos(options.timeoutSeconds()),
          "%s committed nothing for %d s, %d of %d pairs before",
          side.label(),
          options.timeoutSeconds(),
          expected.committedSum(),
          expected.pairs());
    }
  }

  private void progress(Side side, Process process, CommittedTotals committed, double seconds) {
    out.println(
        Measurement.of("pairs")
            .put("progress", side.label())
            .put("distinct", expected.committedDistinct())
            .put("pairs", expected.committedSum())
            .put("records", committed.records())
            .put("seconds", seconds)
            .put("cpu_s", process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3)
            .put("memory_mib", ProcessMemory.peakMib(process.pid())));
  }

  private static ObjectNode result(Process process) throws IOException, InterruptedException {
    try (var writer = process.outputWriter(StandardCharsets.UTF_8)) {
      writer.write("done\n");
      writer.flush();
      var reader =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String line = reader.readLine();
      while (line != null && !line.startsWith("{")) { // the JVM's own words
        line = reader.readLine();
      }
      check(line != null, "a side ended without a result");
      process.waitFor();
      return Measurement.read(line);
    }
  }

  private void print(Side side, ObjectNode line, CommittedTotals committed, double seconds) {
    double rate = expected.pairs() / line.get("cpu_s").asDouble();
    rates.merge(side, rate, Math::max);
    line.put("events", options.events())
        .put("items", options.items())
        .put("id_characters", options.idLength())
        .put("pairs", expected.pairs())
        .put("distinct", expected.size())
        .put("records", committed.records())
        .put("seconds", seconds)
        .put("pairs_per_cpu_s", rate)
        .put("pairs_per_own_cpu_s", expected.pairs() / line.get("own_cpu_s").asDouble())
        .put("totals_equal", side == Side.LOOP || expected.committedEqual());
    out.println(line);
  }

  private void ratios() {
    for (Side ours : List.of(Side.JOB, Side.JOB_ON_DISK)) {
      for (Side peer : List.of(Side.LOOP, Side.KAFKA, Side.KAFKA_ONCE)) {
        if (rates.containsKey(ours) && rates.containsKey(peer)) {
          out.println(
              Measurement.of("pairs")
                  .put("ours", ours.label())
                  .put("peer", peer.label())
                  .put("ours_pairs_per_cpu_s", rates.getOrDefault(ours, 0.0))
                  .put("peer_pairs_per_cpu_s", rates.getOrDefault(peer, 0.0))
                  .put("ratio", rates.getOrDefault(ours, 0.0) / rates.getOrDefault(peer, 1.0)));
        }
      }
    }
  }

  private void send(String servers, Topics topics) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      options
          .pairEvents()
          .forEach(
              event ->
                  producer.send(
                      new ProducerRecord<>(
                          topics.interactions().name(),
                          event.user().value().getBytes(StandardCharsets.UTF_8),
                          Codecs.interaction().encode(event))));
    }
  }

  private Process start(Side side, String servers, String prefix, Path directory)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + options.heap());
    command.add("-XX:-UseDynamicNumberOfCompilerThreads"); // an ended thread's time is lost
    command.add("-XX:+UseG1GC");
    command.addAll(List.of(System.getProperty("benchmarks.jvm", "").split(" ")));
    command.removeIf(String::isEmpty);
    command.add("-Dbenchmarks.commit=" + System.getProperty("benchmarks.commit", "unknown"));
    command.addAll(List.of("-cp", ClassPath.ofFlink()));
    command.add(SideProcess.class.getName());
    command.addAll(List.of(side.name(), servers, prefix, directory.toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
