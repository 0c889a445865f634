package io.sidestream.ingest.coding;

import io.sidestream.model.store.FetchListener;
import io.sidestream.schemas.Generation;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What the coding job's subtasks of this process wait for. Thread-safe. */
public final class CodingStatus {
  private static final Set<CodingStatus> SUBTASKS = ConcurrentHashMap.newKeySet();
  private static final LongAdder FETCHED = new LongAdder();
  private static final LongAdder FETCH_NANOS = new LongAdder();
  private static final LongAdder FAILED = new LongAdder();

  /** Counts the fetches of this process. */
  static final FetchListener FETCHES =
      new FetchListener() {
        @Override
        public void fetched(Duration took) {
          FETCHED.increment();
          FETCH_NANOS.add(took.toNanos());
        }

        @Override
        public void failed(IOException why) {
          FAILED.increment();
        }
      };

  private volatile long uncoded;
  private volatile Map<Generation, String> unopened = Map.of();

  private CodingStatus() {}

  /** The status of one more subtask, to be closed with it. */
  static CodingStatus ofSubtask() {
    CodingStatus status = new CodingStatus();
    SUBTASKS.add(status);
    return status;
  }

  /** Replaces what is known of this subtask. */
  void update(long uncodedItems, Map<Generation, String> withoutCoder) {
    uncoded = uncodedItems;
    unopened = Map.copyOf(withoutCoder);
  }

  long uncoded() {
    return uncoded;
  }

  void close() {
    SUBTASKS.remove(this);
  }

  /** Items without codes in a generation that needs them, counted once for each generation. */
  public static long uncodedItems() {
    return SUBTASKS.stream().mapToLong(CodingStatus::uncoded).sum();
  }

  /** Active generations whose bundle is not open, with the reason, ascending. */
  public static Map<Generation, String> unopenedGenerations() {
    Map<Generation, String> all = new TreeMap<>();
    SUBTASKS.forEach(subtask -> all.putAll(subtask.unopened));
    return all;
  }

  /** Bundles fetched since the process started. */
  public static long bundleFetches() {
    return FETCHED.sum();
  }

  /** Time that these fetches took. */
  public static Duration bundleFetchTime() {
    return Duration.ofNanos(FETCH_NANOS.sum());
  }

  /** Fetches that failed since the process started. */
  public static long bundleFetchFailures() {
    return FAILED.sum();
  }
}
