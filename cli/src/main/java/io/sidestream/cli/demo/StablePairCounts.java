package io.sidestream.cli.demo;

import io.sidestream.client.Brokers;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.kafka.CorpusEnds;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** Tells when the pair counts of the produced events are committed. */
final class StablePairCounts implements AutoCloseable {
  /** Counts become visible with a checkpoint; without a new one for this long, none is pending. */
  static final Duration QUIET = Duration.ofSeconds(4);

  private final DemoContext context;
  private final Duration quiet;
  private final Admin admin;
  private @Nullable CorpusOffsets before;
  private long changedAt;

  /**
   * @param quiet time without a change after which the counts are stable
   */
  StablePairCounts(DemoContext context, Duration quiet) {
    this.context = context;
    this.quiet = quiet;
    this.admin = Brokers.reach(context.system().connection());
    this.changedAt = context.clock().millis();
  }

  Duration await() {
    return context.waitingLong().untilTrue("pair counts", this::areStable);
  }

  /** Whether there are counts, and neither they nor the events have changed for the quiet time. */
  boolean areStable() {
    CorpusOffsets now = ends();
    if (!now.equals(before)) {
      before = now;
      changedAt = context.clock().millis();
    }
    return context.since(changedAt).compareTo(quiet) > 0 && counts(now) > 0;
  }

  private CorpusOffsets ends() {
    try {
      return CorpusEnds.latest(admin, context.system().connection().topics());
    } catch (ExecutionException | InterruptedException e) {
      throw Brokers.unavailable(context.system().connection(), e);
    }
  }

  @Override
  public void close() {
    admin.close();
  }

  private long counts(CorpusOffsets corpus) {
    String topic = context.system().connection().topics().pairCounts().name();
    Map<Integer, Long> ends = corpus.ends().getOrDefault(topic, Map.of());
    return ends.values().stream().mapToLong(Long::longValue).sum();
  }
}
