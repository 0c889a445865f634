package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.InboundRecord;
import io.sidestream.ingest.flow.KafkaConnectors;
import io.sidestream.schemas.kafka.TopicReader;
import io.sidestream.schemas.pairs.CountingRule;
import io.sidestream.schemas.pairs.WindowLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes back what erased users' events added to the counts: reads the partition of each erasure up
 * to it, on a thread of its own, all erasures that wait for one partition in one pass.
 */
final class EraseUsersFunction extends RichAsyncFunction<Erasure, CountChange>
    implements ResultTypeQueryable<CountChange> {
  /*
   * Reading the log again keeps no state per event. The result is a function of the log, so Flink
   * may ask again after a failure: erasures that are being worked on are part of each checkpoint.
   */
  private static final Logger LOG = LoggerFactory.getLogger(EraseUsersFunction.class);

  /** Most erasures at once; more wait, and so do the records behind them. */
  static final int MAX_AT_ONCE = 1_000;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final KafkaConnectors kafka;
  private final String interactions;
  private final EventDecoders decoders;
  private final int items;
  private final Duration age;
  private final int keptIds;
  private final int hourly;
  private final int hourlySearches;
  private final int maxSums;

  private transient BlockingQueue<Waiting> queue;
  private transient Thread reader;

  private record Waiting(Erasure erasure, ResultFuture<CountChange> result) {}

  private record Place(String topic, int partition) {}

  EraseUsersFunction(
      KafkaConnectors kafka, String interactionsTopic, CountingRule rule, EventDecoders decoders) {
    this(kafka, interactionsTopic, rule, decoders, ErasedPairs.MAX_SUMS);
  }

  /**
   * @param maxSums most sums in memory
   */
  EraseUsersFunction(
      KafkaConnectors kafka,
      String interactionsTopic,
      CountingRule rule,
      EventDecoders decoders,
      int maxSums) {
    this.maxSums = maxSums;
    this.decoders = decoders;
    this.kafka = kafka;
    this.interactions = interactionsTopic;
    this.items = rule.window().items();
    this.age = rule.window().age();
    this.keptIds = rule.keptIds();
    this.hourly = rule.hourly();
    this.hourlySearches = rule.hourlySearches();
  }

  @Override
  public void open(OpenContext context) {
    queue = new LinkedBlockingQueue<>(MAX_AT_ONCE);
    reader = new Thread(this::run, "erase-users");
    reader.setDaemon(true);
    reader.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    reader.start();
  }

  @Override
  public void asyncInvoke(Erasure erasure, ResultFuture<CountChange> result) throws Exception {
    queue.put(new Waiting(erasure, result));
  }

  private void run() {
    List<Waiting> batch = new ArrayList<>();
    try {
      while (true) {
        batch.add(queue.take());
        queue.drainTo(batch);
        erase(batch);
        batch.clear();
      }
    } catch (InterruptedException | InterruptException e) {
      LOG.debug("stopped", e);
    } catch (RuntimeException | Error e) { // fails the job
      batch.forEach(waiting -> waiting.result().completeExceptionally(e));
    }
  }

  private void erase(List<Waiting> batch) throws InterruptedException {
    Map<Place, List<Waiting>> byPlace = new HashMap<>();
    for (Waiting waiting : batch) {
      Place place = new Place(waiting.erasure().topic(), waiting.erasure().partition());
      byPlace.computeIfAbsent(place, each -> new ArrayList<>()).add(waiting);
    }
    for (Map.Entry<Place, List<Waiting>> one : byPlace.entrySet()) {
      List<Waiting> rest = one.getValue();
      while (!rest.isEmpty()) {
        rest = putOff(rest, replayed(one.getKey(), rest));
      }
    }
  }

  /** Completes the erasures of a pass; returns those that were put off. */
  private static List<Waiting> putOff(
      List<Waiting> all, Map<Erasure, List<CountChange>> changesByErasure) {
    List<Waiting> rest = new ArrayList<>();
    for (Waiting waiting : all) {
      List<CountChange> changes = changesByErasure.get(waiting.erasure());
      if (changes == null) {
        rest.add(waiting);
      } else {
        waiting.result().complete(changes);
      }
    }
    return rest;
  }

  /** Reads until it succeeds: while the broker cannot be reached, the erasures wait. */
  private Map<Erasure, List<CountChange>> replayed(Place place, List<Waiting> waiting)
      throws InterruptedException {
    List<Erasure> erasures = waiting.stream().map(Waiting::erasure).distinct().toList();
    while (true) {
      try {
        return replay(place, erasures);
      } catch (RetriableException e) {
        LOG.warn(
            "{} erasures on {}-{} wait: {}",
            erasures.size(),
            place.topic(),
            place.partition(),
            e.getMessage());
        Thread.sleep(PAUSE.toMillis());
      }
    }
  }

  private Map<Erasure, List<CountChange>> replay(Place place, List<Erasure> erasures) {
    ErasedPairs pairs =
        new ErasedPairs(
            erasures,
            new CountingRule(
                new WindowLimits(items, age), decoders.weights(), keptIds, hourly, hourlySearches),
            decoders,
            maxSums);
    long end = erasures.stream().mapToLong(Erasure::offset).max().orElse(0);
    boolean interaction = place.topic().equals(interactions);
    try (TopicReader log = new TopicReader(kafka.clients())) {
      log.readUntil(
          place.topic(),
          Map.of(place.partition(), end),
          one -> {
            InboundRecord record = InboundRecord.of(one);
            if (interaction) {
              pairs.interaction(record);
            } else {
              pairs.search(record);
            }
          });
    }
    Map<Erasure, List<CountChange>> changes = pairs.changes();
    LOG.info(
        "{} erasures on {}-{} change {} counts",
        changes.size(),
        place.topic(),
        place.partition(),
        changes.values().stream().mapToInt(List::size).sum());
    return changes;
  }

  @Override
  public void close() throws Exception {
    if (reader != null) {
      reader.interrupt();
      reader.join();
    }
  }

  @Override
  public TypeInformation<CountChange> getProducedType() {
    return CountChange.ANY;
  }
}
