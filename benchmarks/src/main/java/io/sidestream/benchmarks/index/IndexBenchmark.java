package io.sidestream.benchmarks.index;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.benchmarks.measure.Measurement;
import io.sidestream.benchmarks.measure.ProcessCpu;
import io.sidestream.index.store.AssignmentStore;
import io.sidestream.model.bundle.Assignments;
import io.sidestream.model.bundle.PopularityPrediction;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.model.ranking.Retriever;
import io.sidestream.schemas.AnswerLimits;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Prompt;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * CPU milliseconds of a change, of an exact scan and of a whole recommendation by number of items,
 * memory an item, and seconds until a generation's items are ready. One thread.
 */
public final class IndexBenchmark {
  private static final int HISTORY = 20;
  private static final int NEAREST = 200;
  private static final int CHANGES = 10; // as many more calls: they are quick
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final IndexOptions options;
  private final PrintStream out;

  IndexBenchmark(IndexOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** Measures with the options that the arguments give. */
  public static void main(String[] arguments) throws IOException {
    try {
      new IndexBenchmark(IndexOptions.parse(arguments), System.out).run();
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  void run() throws IOException {
    Path run = options.directory().resolve("run-" + ProcessHandle.current().pid());
    try (RandomModel model = new RandomModel(run, options.dimensions(), options.seed())) {
      for (int items : options.items()) {
        out.println(measured(items, model, run.resolve("rocksdb-" + items)));
      }
    }
  }

  private ObjectNode measured(int items, RandomModel model, Path directory) throws IOException {
    LargeCatalogue large = new LargeCatalogue(options.dimensions(), options.seed());
    ObjectNode line =
        Measurement.of("index").put("items", items).put("dimensions", options.dimensions());
    long before = usedBytes();
    Catalogue catalogue = loaded(large.corpus(items), directory, line);
    line.put("bytes_an_item", (usedBytes() - before) / items);
    changes(catalogue, large, line);
    scans(catalogue, large, line);
    recommendations(catalogue, large, model, line);
    return line;
  }

  /** As the index loads a bundle that it has read: rows to RocksDB, then the catalogue. */
  private Catalogue loaded(Assignments corpus, Path directory, ObjectNode line) throws IOException {
    ProcessCpu begun = ProcessCpu.now();
    long start = System.nanoTime();
    try (AssignmentStore store = AssignmentStore.open(directory)) {
      store.ingest(LargeCatalogue.GENERATION, "a".repeat(64), corpus);
      line.put("ingest_s", seconds(start));
      int changes = store.changes(LargeCatalogue.GENERATION).size();
      Catalogue catalogue =
          Catalogue.of(
              LargeCatalogue.GENERATION,
              LargeCatalogue.SHAPE,
              options.dimensions(),
              corpus,
              PopularityPrediction.NONE);
      line.put("load_s", seconds(start))
          .put("load_cpu_s", ProcessCpu.now().since(begun).all())
          .put("changes_read", changes);
      return catalogue;
    }
  }

  private static double seconds(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  private static long usedBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private void changes(Catalogue catalogue, LargeCatalogue large, ObjectNode line) {
    Catalogue[] last = {catalogue};
    line.put(
        "change_cpu_ms",
        leastMillis(
            CHANGES * options.calls(),
            call ->
                last[0] =
                    last[0].with(
                        List.of(large.changed(catalogue.size())),
                        call % 2 == 0 ? List.of() : List.of(new ItemId("unknown")))));
    line.put("items_after", last[0].size());
  }

  private void scans(Catalogue catalogue, LargeCatalogue large, ObjectNode line) {
    float[][] queries = new float[options.calls()][];
    for (int call = 0; call < queries.length; call++) {
      queries[call] = large.unit();
    }
    int[] found = {0};
    line.put(
        "scan_cpu_ms",
        leastMillis(
            options.calls(), call -> found[0] += catalogue.nearest(queries[call], NEAREST).size()));
    line.put("scanned", found[0]);
  }

  private void recommendations(
      Catalogue catalogue, LargeCatalogue large, RandomModel model, ObjectNode line) {
    List<List<ItemId>> histories = new ArrayList<>();
    for (int call = 0; call < options.calls(); call++) {
      Set<ItemId> history = new LinkedHashSet<>();
      for (int i = 0; i < HISTORY; i++) {
        history.add(LargeCatalogue.id(large.number(catalogue.size())));
      }
      histories.add(List.copyOf(history));
    }
    Retriever retriever = model.retriever(catalogue.size(), histories);
    int[] found = {0};
    line.put(
        "recommendation_cpu_ms",
        leastMillis(
            options.calls(),
            call ->
                found[0] +=
                    retriever.answer(prompt(histories.get(call)), catalogue).items().size()));
    line.put("recommended", found[0]);
  }

  private static Prompt prompt(List<ItemId> history) {
    return new Prompt.ForRecommendation(
        history, true, AnswerLimits.DEFAULT_K, Set.copyOf(history), Optional.empty());
  }

  /** CPU time of this thread for one call: the least of all rounds. */
  private double leastMillis(int calls, IntConsumer work) {
    double least = Double.POSITIVE_INFINITY;
    for (int round = 0; round < options.rounds(); round++) {
      long start = THREADS.getCurrentThreadCpuTime();
      for (int call = 0; call < calls; call++) {
        work.accept(call);
      }
      least = Math.min(least, (THREADS.getCurrentThreadCpuTime() - start) / 1e6 / calls);
    }
    return least;
  }
}
