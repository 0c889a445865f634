package io.sidestream.benchmarks.pairs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.benchmarks.measure.Measurement;
import io.sidestream.benchmarks.measure.ProcessCpu;
import io.sidestream.benchmarks.measure.ProcessMemory;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Namespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One side in a process of its own: counts until a line on its standard input says that all totals
 * are committed, and prints what that took.
 */
final class SideProcess {
  private static final double MIB = 1 << 20;

  private final BufferedReader in =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

  private SideProcess() {}

  /**
   * Counts.
   *
   * @param arguments side, bootstrap servers, namespace's prefix, directory, then the options
   */
  public static void main(String[] arguments) throws Exception {
    Side side = Side.valueOf(arguments[0]);
    String[] options = List.of(arguments).subList(4, arguments.length).toArray(String[]::new);
    Namespace namespace = new Namespace(arguments[2], Namespace.DEFAULT_CATALOGUE);
    SideProcess process = new SideProcess();
    ObjectNode line =
        side == Side.LOOP
            ? process.loop(PairOptions.parse(options))
            : !side.isJob()
                ? process.kafka(side, arguments[1], namespace, PairOptions.parse(options))
                : process.job(
                    side,
                    arguments[1],
                    namespace,
                    Path.of(arguments[3]),
                    PairOptions.parse(options));
    System.out.println(line);
    System.exit(0);
  }

  private ObjectNode loop(PairOptions options) throws IOException {
    List<Interaction> events = new ArrayList<>(options.events());
    options.pairEvents().forEach(events::add);
    ProcessCpu before = ProcessCpu.now();
    long heap = heapAfterCollection();
    PlainCounts counts = new PlainCounts();
    events.forEach(counts::add);
    ObjectNode line = measured(Side.LOOP, before).put("pairs", counts.pairs());
    line.put("heap_mib", (heapAfterCollection() - heap) / MIB);
    return line.put("distinct", counts.size());
  }

  private ObjectNode kafka(Side side, String servers, Namespace namespace, PairOptions options)
      throws IOException {
    ProcessCpu before = ProcessCpu.now();
    long heap = heapAfterCollection();
    try (KafkaLoop loop =
        new KafkaLoop(servers, namespace, options.intervalMillis(), side == Side.KAFKA_ONCE)) {
      loop.start();
      in.readLine();
      ObjectNode line = measured(side, before);
      return line.put("heap_mib", (heapAfterCollection() - heap) / MIB);
    }
  }

  private ObjectNode job(
      Side side, String servers, Namespace namespace, Path directory, PairOptions options)
      throws Exception {
    ProcessCpu before = ProcessCpu.now();
    long heap = heapAfterCollection();
    try (CountingJob job =
        CountingJob.start(side, servers, namespace, directory, options.intervalMillis())) {
      in.readLine();
      ObjectNode line = measured(side, before);
      line.put("heap_mib", (heapAfterCollection() - heap) / MIB);
      return line.put("checkpoint_mib", job.checkpointBytes() / MIB);
    }
  }

  private static ObjectNode measured(Side side, ProcessCpu before) {
    ProcessCpu spent = ProcessCpu.now().since(before);
    return Measurement.of("pairs")
        .put("side", side.label())
        .put("cpu_s", spent.all())
        .put("own_cpu_s", spent.own())
        .put("memory_mib", ProcessMemory.peakMib(ProcessHandle.current().pid()));
  }

  private static long heapAfterCollection() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
