package io.sidestream.benchmarks.filters;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.benchmarks.filters.ChangingStock.Stock;
import io.sidestream.benchmarks.measure.Measurement;
import io.sidestream.benchmarks.requests.IndexServer;
import io.sidestream.benchmarks.requests.RequestPath;
import io.sidestream.benchmarks.requests.ServerProcess;
import io.sidestream.broker.EmbeddedBroker;
import io.sidestream.client.ClientOptions;
import io.sidestream.client.Connection;
import io.sidestream.client.EventSender;
import io.sidestream.client.SidestreamClient;
import io.sidestream.model.bundle.BundleReader;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemFilter;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.RankedItem;
import io.sidestream.schemas.RecommendationRequest;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.SearchRequest;
import io.sidestream.schemas.Selection;
import io.sidestream.schemas.Topics;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * Filtered requests to an index process while the stock of items changes: each reply is checked
 * against what was sent of its items until then.
 */
final class FilteredRequests {
  private static final int K = 30;
  private static final int HISTORY = 5;
  private static final int MAX_WORDS = 4;
  private static final int BLANK_EVERY = 20; // a search for nothing: popular items answer it
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final FilterOptions options;
  private final ChangingStock stock;

  FilteredRequests(FilterOptions options) {
    this.options = options;
    this.stock = new ChangingStock(options.lag().toNanos());
  }

  /**
   * What was measured.
   *
   * @param answered requests
   * @param forbidden items that were in replies whose filters forbid them
   */
  record Result(ObjectNode line, int answered, long forbidden) {
    /** Whether filters held: without an answer nothing is known. */
    boolean held() {
      return answered > 0 && forbidden == 0;
    }
  }

  Result run() throws Exception {
    Path run = options.directory().resolve("run-" + ProcessHandle.current().pid());
    Path bundle = RequestPath.newest(options.bundles());
    try (EmbeddedBroker broker = EmbeddedBroker.start(run.resolve("broker"), 0);
        OpenGeneration generation = BundleReader.open(bundle, OnnxSessions.cpu(1))) {
      String servers = broker.bootstrapServers();
      Topics topics = RequestPath.topics(servers, "");
      RequestPath.announce(servers, topics, generation);
      Connection connection = Connection.to(servers);
      List<ItemId> items = generation.assignments().items();
      Buckets buckets = Buckets.deal(items, options.seed());
      try (EventSender sender = EventSender.open(connection, TIMEOUT)) {
        items.forEach(item -> send(sender, item, Stock.YES, buckets));
        try (ServerProcess index =
                ServerProcess.start(IndexServer.class, options.heap(), settings(servers, run));
            SidestreamClient client =
                SidestreamClient.open(
                    connection, new ClientOptions(TIMEOUT, 1, 1_000), Clock.systemUTC())) {
          Result result = ask(client, sender, items, RequestPath.words(generation), buckets);
          result.line().put("index_cpu_s", Measurement.rounded(index.cpu().toMillis() / 1e3));
          return result;
        }
      }
    }
  }

  private List<String> settings(String servers, Path run) {
    return List.of(
        "kafka.bootstrap.servers=" + servers,
        "bundles.store=" + options.bundles(),
        "index.dir=" + run.resolve("index"),
        "index.admin.port=0",
        "index.filter.attributes=" + Buckets.ATTRIBUTE + "," + ChangingStock.ATTRIBUTE);
  }

  private void send(EventSender sender, ItemId item, Stock next, Buckets buckets) {
    stock.change(item, next, System.nanoTime());
    CompletableFuture<Void> sent =
        next == Stock.REMOVED
            ? sender.removal(item)
            : sender.item(
                new Item(
                    item,
                    item.value(),
                    Map.of(),
                    Map.of(
                        Buckets.ATTRIBUTE,
                        List.of(Integer.toString(buckets.of().getOrDefault(item, 0))),
                        ChangingStock.ATTRIBUTE,
                        List.of(next == Stock.YES ? "yes" : "no"))));
    sent.join();
  }

  private Result ask(
      SidestreamClient client,
      EventSender sender,
      List<ItemId> items,
      List<String> words,
      Buckets buckets)
      throws InterruptedException {
    Changes changes = new Changes(sender, items, buckets);
    Thread changing = new Thread(changes, "changing-items");
    changing.start();
    Check check = new Check(buckets);
    Semaphore window = new Semaphore(options.window());
    long start = System.nanoTime();
    for (int i = 0; i < options.requests(); i++) {
      window.acquire();
      int number = i;
      Question question = Question.of(options, number, items, words);
      long requested = System.nanoTime();
      question
          .send(client)
          .whenComplete(
              (reply, failure) -> {
                long replied = System.nanoTime();
                check.note(number, question, Optional.ofNullable(reply), requested, replied);
                window.release();
              });
    }
    window.acquire(options.window());
    double seconds = (System.nanoTime() - start) / 1e9;
    changes.stop();
    changing.join();
    return check.result(seconds, changes.sent);
  }

  /** Changes an item at random, at a constant rate. */
  private final class Changes implements Runnable {
    private final EventSender sender;
    private final List<ItemId> items;
    private final Buckets buckets;
    private final SplittableRandom random = new SplittableRandom(options.seed());
    private volatile boolean stopped;
    private int sent;

    Changes(EventSender sender, List<ItemId> items, Buckets buckets) {
      this.sender = sender;
      this.items = items;
      this.buckets = buckets;
    }

    @Override
    public void run() {
      long start = System.nanoTime();
      while (!stopped) {
        ItemId item = items.get(random.nextInt(items.size()));
        Stock[] states = Stock.values();
        send(sender, item, states[random.nextInt(states.length)], buckets);
        sent++;
        LockSupport.parkNanos(
            start + sent * 1_000_000_000L / options.changes() - System.nanoTime());
      }
    }

    void stop() {
      stopped = true;
    }
  }

  /**
   * One request with its filters.
   *
   * @param first bucket that it lets through
   * @param query of a search; empty for a recommendation
   */
  private record Question(
      int first, int percent, Optional<String> query, List<ItemId> history, boolean needsStock) {
    static Question of(FilterOptions options, int number, List<ItemId> items, List<String> words) {
      SplittableRandom random = new SplittableRandom(options.seed() + number);
      int percent = options.shares().get(number % options.shares().size());
      int first = Buckets.first(random.nextInt(Buckets.COUNT), percent);
      List<ItemId> history = new ArrayList<>();
      for (int i = 0; i < HISTORY; i++) {
        history.add(items.get(random.nextInt(items.size())));
      }
      StringBuilder query = new StringBuilder();
      for (int i = random.nextInt(MAX_WORDS); i >= 0 && number % BLANK_EVERY != 0; i--) {
        query.append(words.get(random.nextInt(words.size()))).append(' ');
      }
      return new Question(
          first,
          percent,
          random.nextBoolean() ? Optional.of(query.toString()) : Optional.empty(),
          history,
          number % 4 != 0);
    }

    CompletableFuture<Reply> send(SidestreamClient client) {
      List<ItemFilter> filters = new ArrayList<>(List.of(Buckets.filter(first, percent)));
      if (needsStock) {
        filters.add(ChangingStock.FILTER);
      }
      Selection selection = new Selection(filters, 0);
      return query
          .map(
              text ->
                  client.searchLater(
                      new SearchRequest(text, K, Set.of(), Optional.empty(), false, selection)))
          .orElseGet(
              () ->
                  client.recommendLater(
                      new RecommendationRequest(
                          Optional.empty(),
                          history,
                          K,
                          true,
                          Set.of(),
                          Optional.empty(),
                          false,
                          selection)));
    }
  }

  /** Checks and counts replies. */
  private final class Check {
    private final Buckets buckets;
    private final long[] nanos = new long[options.requests()];
    private int answered;
    private long items;
    private long unsettled;
    private long forbidden;

    Check(Buckets buckets) {
      this.buckets = buckets;
    }

    synchronized void note(
        int number, Question question, Optional<Reply> reply, long requested, long replied) {
      nanos[number] = replied - requested;
      if (reply.filter(one -> one.status().isAnswer()).isEmpty()) {
        return;
      }
      answered++;
      for (RankedItem ranked : reply.orElseThrow().items()) {
        ItemId item = ranked.item();
        items++;
        unsettled += stock.isUnsettled(item, requested, replied) ? 1 : 0;
        boolean allowed =
            buckets.isWithin(item, question.first(), question.percent())
                && (question.needsStock()
                    ? stock.mayBeIn(item, requested, replied)
                    : stock.mayBeKnown(item, requested, replied));
        forbidden += allowed ? 0 : 1;
      }
    }

    synchronized Result result(double seconds, int changes) {
      long[] sorted = nanos.clone();
      Arrays.sort(sorted);
      ObjectNode line =
          Measurement.of("filters")
              .put("part", "running")
              .put("load", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage())
              .put("seed", options.seed())
              .put("requests", options.requests())
              .put("answered", answered)
              .put("items", items)
              .put("items_forbidden", forbidden)
              .put("items_that_just_changed", unsettled)
              .put("changes", changes)
              .put("lag_ms", options.lag().toMillis())
              .put("seconds", Measurement.rounded(seconds))
              .put("ms_50", Measurement.rounded(sorted[sorted.length / 2] / 1e6))
              .put("ms_99", Measurement.rounded(sorted[sorted.length * 99 / 100] / 1e6));
      return new Result(line, answered, forbidden);
    }
  }
}
