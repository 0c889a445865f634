package io.sidestream.index.serving;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.sidestream.index.store.AssignmentStore;
import io.sidestream.index.store.CodedChange;
import io.sidestream.index.store.WaitingWrite;
import io.sidestream.model.store.RetryDelays;
import io.sidestream.schemas.Comparison;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.GenerationState;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which generations are open and which one serves, from announcements and item changes.
 * Called by one thread; loading runs on another.
 */
public final class GenerationSwitch implements AutoCloseable {
  /*
   * Reconciliation: advance() moves the open generations towards the desired ones. The generation
   * announced live last serves; the live one before it stays open for a rollback. A refused
   * generation is skipped, and the serving one continues. One whose bundle cannot be fetched now is
   * tried again, with growing delays.
   *
   * The coding job may be behind for a newly opened generation. The swap waits until it has every
   * item of the serving one, so that no item disappears, or until the swap timeout. A rollback does
   * not wait: its generation has been open for long, or the serving one is retired.
   *
   * A candidate that passed the gate is open as well, and never serves. It answers its share of the
   * users once it has every item of the serving one, or after the swap timeout.
   *
   * Changes that arrive while a generation loads are buffered and then applied to its catalogue.
   * Some of them may be in it already; applying an item's last change twice is idempotent.
   *
   * A new catalogue costs time in proportion to its changes. Those of all open generations, which
   * requests may name, are published at most once per interval, the serving one's first, and
   * publishing takes at most a quarter of the time.
   */
  private static final Logger LOG = LoggerFactory.getLogger(GenerationSwitch.class);
  private static final int PUBLISH_SHARE = 4;

  private final PendingLoad load;
  private final AssignmentStore store;
  private final Serving serving;
  private final ItemAdmission admission;
  private final ServingMeters meters;
  private final Duration interval;
  private final Duration swapTimeout;
  private final Clock clock;
  private final LongSupplier nanoTime;

  private final OpenSlots open = new OpenSlots();
  private final LoadFailures failures;
  private final RetiredRows retired;
  private GenerationHistory history = GenerationHistory.NONE;
  private Map<Integer, Long> nextOffsets;
  private long publishNotBefore;
  private boolean swapWaits;
  private Optional<Generation> readyCandidate = Optional.empty();
  private volatile List<GenerationReport> reports = List.of();
  private volatile Map<Generation, String> unopened = Map.of();

  /**
   * @param loading runs the loader, one load at a time
   * @param interval minimum time between two catalogues of the serving generation
   * @param swapTimeout maximum wait, once a generation is open, for items that the serving one has
   */
  public GenerationSwitch(
      GenerationLoader loader,
      Executor loading,
      AssignmentStore store,
      Serving serving,
      ItemAdmission admission,
      MeterRegistry registry,
      Duration interval,
      Duration swapTimeout,
      RetryDelays delays,
      Clock clock,
      LongSupplier nanoTime) {
    this.load = new PendingLoad(loader, loading);
    this.store = store;
    this.serving = serving;
    this.admission = admission;
    this.failures = new LoadFailures(delays);
    this.retired = new RetiredRows(store, new WaitingWrite(delays, registry, nanoTime));
    this.meters = new ServingMeters(registry, serving, clock);
    this.interval = interval;
    this.swapTimeout = swapTimeout;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.nextOffsets = store.nextOffsets();
    this.publishNotBefore = nanoTime.getAsLong();
  }

  /** Records an announcement; {@link #advance()} acts on it. */
  public void announced(GenerationAnnouncement announcement) {
    history = history.with(announcement);
    if (announcement.state().active()) {
      retired.keep(announcement.generation());
      failures.forget(announcement.generation());
    }
  }

  /**
   * Stores changes with their offsets and buffers them for the open generations.
   *
   * @param appendedMillis append time of the first of them, epoch milliseconds
   */
  public void changed(List<CodedChange> changes, Map<Integer, Long> offsets, long appendedMillis) {
    List<CodedChange> wanted =
        changes.stream().filter(change -> !isRetired(change.key().generation())).toList();
    store.apply(wanted, offsets);
    Map<Integer, Long> next = new TreeMap<>(nextOffsets);
    next.putAll(offsets);
    nextOffsets = next;
    for (CodedChange change : wanted) {
      open.find(change.key().generation()).ifPresent(found -> found.add(change, appendedMillis));
      load.add(change, appendedMillis);
    }
    int removed = (int) wanted.stream().filter(change -> change.item().isEmpty()).count();
    meters.changed(wanted.size() - removed, removed);
  }

  private boolean isRetired(Generation generation) {
    return history.find(generation).map(found -> !found.state().active()).orElse(false);
  }

  /** Does what is due; does not block. */
  public void advance() {
    load.takeEnded().ifPresent(this::hold);
    failures.keepOnly(desired().map(GenerationAnnouncement::generation).toList());
    List<GenerationAnnouncement> wanted = wanted();
    Optional<Generation> next =
        wanted.stream()
            .filter(announced -> announced.state() == GenerationState.LIVE)
            .map(GenerationAnnouncement::generation)
            .filter(open::holds)
            .findFirst();
    swapWaits = next.map(generation -> waitsForItems(generation, wanted)).orElse(false);
    next.filter(generation -> !swapWaits).ifPresent(this::serve);
    readyCandidate = readyCandidate(wanted);
    closeUnwanted(wanted);
    if (load.isIdle()) {
      wanted.stream()
          .filter(announced -> !open.holds(announced.generation()))
          .filter(announced -> failures.isDue(announced.generation(), nanoTime.getAsLong()))
          .findFirst()
          .ifPresent(this::startLoad);
    }
    purgeRetired();
    publish();
    expose(serving.generation());
    reports = GenerationReport.all(history, wanted, serving.generation(), open, load, failures);
    unopened = failures.reasons();
  }

  /** The state here of all announced generations, by number. Any thread. */
  List<GenerationReport> reports() {
    return reports;
  }

  /** Generations that could not be opened, with the reason. Any thread. */
  Map<Generation, String> unopened() {
    return unopened;
  }

  /** Whether a load, a swap or changes are pending. */
  boolean isBusy() {
    return !load.isIdle() || swapWaits || !open.areUpToDate();
  }

  /**
   * Whether requests may be taken: a generation serves, or none is live, so that no process has
   * one. While a live one cannot be opened here, other processes answer.
   */
  boolean mayAnswer() {
    return serving.generation().isPresent() || history.serving().isEmpty();
  }

  /** The offset to resume from, by partition of coded items. */
  Map<Integer, Long> nextOffsets() {
    return nextOffsets;
  }

  private List<GenerationAnnouncement> wanted() {
    return desired().filter(announced -> !failures.isRefused(announced.generation())).toList();
  }

  /** Those that are to be open, be they refused here or not. */
  private Stream<GenerationAnnouncement> desired() {
    return Stream.of(history.serving(), history.candidate(), history.rollbackTarget())
        .flatMap(Optional::stream);
  }

  /** The candidate, once it is open and has the items of the serving one. */
  private Optional<Generation> readyCandidate(List<GenerationAnnouncement> wanted) {
    Optional<Generation> candidate =
        history.candidate().map(GenerationAnnouncement::generation).filter(open::holds);
    return candidate.equals(readyCandidate)
        ? candidate
        : candidate.filter(generation -> !waitsForItems(generation, wanted));
  }

  /** Whether the swap waits for items of the serving generation that this one misses. */
  private boolean waitsForItems(Generation generation, List<GenerationAnnouncement> wanted) {
    Optional<OpenSlot> now =
        serving
            .generation()
            .filter(other -> !other.equals(generation))
            .filter(other -> wanted.stream().anyMatch(one -> one.generation().equals(other)))
            .flatMap(open::find);
    OpenSlot slot = open.get(generation);
    int missing = now.map(slot::missingItems).orElse(0);
    if (missing == 0) {
      return false;
    }
    if (nanoTime.getAsLong() - slot.sinceNanos() < swapTimeout.toNanos()) {
      return true;
    }
    LOG.warn("generation {} answers after the swap timeout, {} items missing", generation, missing);
    return false;
  }

  private void serve(Generation generation) {
    if (serving.generation().equals(Optional.of(generation))) {
      return;
    }
    ServingGeneration next = open.get(generation).upToDate(nextOffsets);
    expose(Optional.of(generation));
    meters.swapped(history.find(generation));
    LOG.info("generation {} serves {} items", generation, next.catalogue().size());
  }

  private void publish() {
    long start = nanoTime.getAsLong();
    if (open.areUpToDate() || start - publishNotBefore < 0) {
      return;
    }
    serving
        .generation()
        .map(open::get)
        .filter(now -> !now.isUpToDate())
        .ifPresent(this::publishServing);
    open.bringUpToDate(nextOffsets);
    long took = nanoTime.getAsLong() - start;
    publishNotBefore = start + Math.max(interval.toNanos(), PUBLISH_SHARE * took);
  }

  private void publishServing(OpenSlot now) {
    long start = nanoTime.getAsLong();
    long oldestMillis = now.oldestMillis();
    List<Long> eventMillis = now.eventMillis();
    now.upToDate(nextOffsets);
    expose(serving.generation());
    meters.freshness(since(oldestMillis));
    eventMillis.forEach(at -> meters.servable(since(at)));
    meters.published(Duration.ofNanos(nanoTime.getAsLong() - start));
  }

  /** Lets requests have the open generations, this one where they name none. */
  private void expose(Optional<Generation> live) {
    Optional<Comparison> candidate =
        history.candidateShare().filter(one -> readyCandidate.equals(Optional.of(one.candidate())));
    serving.set(open.exposed(live, wanted(), candidate, former(live)));
  }

  /** The generation before the live one, once that serves. */
  private Optional<Generation> former(Optional<Generation> live) {
    return history.serving().map(GenerationAnnouncement::generation).equals(live)
        ? history.rollbackTarget().map(GenerationAnnouncement::generation)
        : Optional.empty();
  }

  private Duration since(long epochMillis) {
    return Duration.ofMillis(Math.max(0, clock.millis() - epochMillis));
  }

  private void closeUnwanted(List<GenerationAnnouncement> wanted) {
    Set<Generation> kept = new HashSet<>();
    wanted.forEach(announced -> kept.add(announced.generation()));
    serving.generation().ifPresent(kept::add);
    List<OpenSlot> closing = open.keepOnly(kept);
    if (!closing.isEmpty()) {
      expose(serving.generation());
      closing.forEach(OpenSlot::release);
    }
  }

  private void startLoad(GenerationAnnouncement announced) {
    LOG.info("generation {} is being opened", announced.generation());
    load.start(announced, nanoTime.getAsLong());
  }

  private void hold(PendingLoad.Load ended) {
    try {
      ServingGeneration loaded = ServingGeneration.of(ended.result().join(), nextOffsets);
      failures.forget(loaded.generation());
      OpenSlot slot = new OpenSlot(loaded, ended.pending(), admission, nanoTime.getAsLong());
      open.add(slot);
      meters.loaded(Duration.ofNanos(nanoTime.getAsLong() - ended.startedNanos()));
    } catch (CompletionException e) {
      failed(ended.announced().generation(), requireNonNull(e.getCause()));
    }
  }

  /**
   * What a load ends with is of that generation, and the others go on serving, unless nothing in
   * this process can go on.
   */
  private void failed(Generation generation, Throwable why) {
    if (FatalFailure.caused(why)) {
      throw new IllegalStateException("generation " + generation + " cannot be opened", why);
    }
    Optional<Duration> delay =
        failures.add(generation, why, serving.generation(), nanoTime.getAsLong());
    if (delay.isEmpty()) {
      meters.refused();
    }
  }

  private void purgeRetired() {
    retired.purge(
        history.byNumber().stream()
            .filter(announced -> !announced.state().active())
            .map(GenerationAnnouncement::generation)
            .filter(generation -> !load.isOf(generation))
            .toList());
  }

  /** Stops serving; open generations close after their last requests. */
  @Override
  public void close() {
    serving.set(OpenGenerations.NONE);
    load.close();
    open.keepOnly(Set.of()).forEach(OpenSlot::release);
  }
}
