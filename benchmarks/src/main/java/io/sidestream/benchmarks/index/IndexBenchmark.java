package io.sidestream.benchmarks.index;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.benchmarks.measure.Measurement;
import io.sidestream.benchmarks.measure.ProcessCpu;
import io.sidestream.index.store.AssignmentStore;
import io.sidestream.model.bundle.Assignments;
import io.sidestream.model.bundle.PopularityPrediction;
import io.sidestream.model.ranking.Answer;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.model.ranking.Retriever;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.RankedItem;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * CPU milliseconds of a change, of finding the nearest and of a whole recommendation by number of
 * items, by a scan and by the lists of the codes, with what the lists find of the exact answer;
 * memory an item, and seconds until a generation's items are ready. One thread.
 */
public final class IndexBenchmark {
  private static final int HISTORY = 20;
  private static final int NEAREST = 200;
  private static final int TOP = 30;
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
    LargeCatalogue large =
        new LargeCatalogue(options.dimensions(), options.decay(), options.seed());
    ObjectNode line =
        Measurement.of("index").put("items", items).put("dimensions", options.dimensions());
    long before = usedBytes();
    Assignments corpus = large.corpus(items);
    float[][] vectors = options.explored().isEmpty() ? new float[0][] : corpus.vectors();
    Catalogue catalogue = loaded(corpus, large, directory, line);
    corpus = null;
    line.put("bytes_an_item", (usedBytes() - before) / items - (vectors.length == 0 ? 0 : row()));
    changes(catalogue, large, line);
    List<List<ItemId>> histories = new ArrayList<>();
    for (int call = 0; call < options.calls(); call++) {
      histories.add(large.history(HISTORY));
    }
    List<float[]> queries = new ArrayList<>();
    histories.forEach(history -> queries.add(model.vector(history, catalogue)));
    scans("history", queries, catalogue, vectors, directory, line);
    queries.replaceAll(history -> large.query());
    scans("search", queries, catalogue, vectors, directory, line);
    recommendations(catalogue, histories, model, line);
    return line;
  }

  private int row() {
    return options.dimensions() * Float.BYTES + 16; // with the array's header
  }

  /** As the index loads a bundle that it has read: rows to RocksDB, then the catalogue. */
  private Catalogue loaded(
      Assignments corpus, LargeCatalogue large, Path directory, ObjectNode line)
      throws IOException {
    ProcessCpu begun = ProcessCpu.now();
    long start = System.nanoTime();
    try (AssignmentStore store = AssignmentStore.open(directory)) {
      store.ingest(LargeCatalogue.GENERATION, "a".repeat(64), corpus);
      line.put("ingest_s", seconds(start));
      int changes = store.changes(LargeCatalogue.GENERATION).size();
      Catalogue catalogue =
          Catalogue.of(
              LargeCatalogue.GENERATION,
              large.codebook(),
              corpus,
              PopularityPrediction.NONE,
              options.lists());
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
                        List.of(large.changed()),
                        call % 2 == 0 ? List.of() : List.of(new ItemId("unknown")))));
    line.put("items_after", last[0].size());
  }

  /** The 200 nearest by a scan, by lists and by the peer; what is found of the exact top 30. */
  private void scans(
      String kind,
      List<float[]> queries,
      Catalogue catalogue,
      float[][] vectors,
      Path directory,
      ObjectNode line)
      throws IOException {
    Catalogue scanned = catalogue.scanned();
    List<List<ItemId>> exact = new ArrayList<>();
    queries.forEach(query -> exact.add(scanned.nearest(query, TOP)));
    line.put(
        kind + "_scan_cpu_ms",
        leastMillis(queries.size(), call -> scanned.nearest(queries.get(call), NEAREST)));
    line.put(
        kind + "_lists_cpu_ms",
        leastMillis(queries.size(), call -> catalogue.nearest(queries.get(call), NEAREST)));
    line.put(
        kind + "_lists_recall",
        recall(exact, call -> catalogue.nearest(queries.get(call), NEAREST)));
    if (vectors.length > 0) {
      lucene(kind, queries, exact, vectors, directory, line);
    }
  }

  private void lucene(
      String kind,
      List<float[]> queries,
      List<List<ItemId>> exact,
      float[][] vectors,
      Path directory,
      ObjectNode line)
      throws IOException {
    long start = THREADS.getCurrentThreadCpuTime();
    try (LuceneGraph graph =
        LuceneGraph.of(vectors, directory.resolveSibling(directory.getFileName() + "-" + kind))) {
      line.put("lucene_build_cpu_s", (THREADS.getCurrentThreadCpuTime() - start) / 1e9);
      line.put("lucene_bytes_an_item", graph.bytes() / vectors.length);
      for (int explored : options.explored()) {
        String name = "lucene_" + kind + "_" + explored;
        line.put(
            name + "_recall",
            recall(
                exact,
                call ->
                    graph.nearest(queries.get(call), NEAREST, explored).stream()
                        .map(LargeCatalogue::id)
                        .toList()));
        line.put(
            name + "_cpu_ms",
            leastMillis(
                queries.size(), call -> graph.nearest(queries.get(call), NEAREST, explored)));
      }
    }
  }

  /** What a search found, best first. */
  @FunctionalInterface
  private interface Found {
    List<ItemId> by(int call) throws IOException;
  }

  /** The share of the exact top that is among the best of what is found, as many. */
  private static double recall(List<List<ItemId>> exact, Found found) throws IOException {
    int hits = 0;
    int all = 0;
    for (int call = 0; call < exact.size(); call++) {
      Set<ItemId> best = new HashSet<>(found.by(call).subList(0, exact.get(call).size()));
      all += exact.get(call).size();
      hits += (int) exact.get(call).stream().filter(best::contains).count();
    }
    return (double) hits / all;
  }

  private void recommendations(
      Catalogue catalogue, List<List<ItemId>> histories, RandomModel model, ObjectNode line)
      throws IOException {
    Retriever retriever = model.retriever(catalogue.size(), histories);
    Catalogue scanned = catalogue.scanned();
    IntFunction<Prompt> prompts = call -> prompt(histories.get(call));
    int calls = histories.size();
    line.put(
        "recommendation_cpu_ms",
        leastMillis(calls, call -> retriever.answer(prompts.apply(call), catalogue)));
    line.put(
        "recommendation_scan_cpu_ms",
        leastMillis(calls, call -> retriever.answer(prompts.apply(call), scanned)));
    List<List<ItemId>> exact = new ArrayList<>();
    for (int call = 0; call < calls; call++) {
      exact.add(items(retriever.answer(prompts.apply(call), scanned)));
    }
    line.put(
        "recommendation_recall",
        recall(exact, call -> items(retriever.answer(prompts.apply(call), catalogue))));
    line.put("recommended", exact.stream().mapToInt(List::size).sum());
    line.put(
        "popular_cpu_ms",
        leastMillis(calls, call -> retriever.answer(prompt(List.of()), catalogue)));
  }

  private static List<ItemId> items(Answer answer) {
    return answer.items().stream().map(RankedItem::item).toList();
  }

  private static Prompt prompt(List<ItemId> history) {
    return new Prompt.ForRecommendation(history, true, TOP, Set.copyOf(history), Optional.empty());
  }

  /** What is called again and again. */
  @FunctionalInterface
  private interface Call {
    Object of(int call) throws IOException;
  }

  /** CPU time of this thread for one call: the least of all rounds. */
  private double leastMillis(int calls, Call work) {
    double least = Double.POSITIVE_INFINITY;
    try {
      for (int round = 0; round < options.rounds(); round++) {
        long start = THREADS.getCurrentThreadCpuTime();
        for (int call = 0; call < calls; call++) {
          Objects.requireNonNull(work.of(call));
        }
        least = Math.min(least, (THREADS.getCurrentThreadCpuTime() - start) / 1e6 / calls);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return least;
  }
}
