package io.sidestream.index.serving;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sidestream.index.store.AssignmentStore;
import io.sidestream.index.store.CodedChange;
import io.sidestream.model.bundle.BundleException;
import io.sidestream.model.bundle.BundleNotFoundException;
import io.sidestream.model.store.RetryDelays;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.CodedItemKey;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.SemanticId;
import java.io.IOException;
import java.io.Serial;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A {@link GenerationSwitch} whose loads run step by step, and which may be killed at any moment;
 * beside it a plain model of what each generation holds. Numbers go up from a given one, so that
 * many of these share a store, one after another.
 */
public final class SimulatedRotation {
  /** All items that there are. */
  public static final List<String> ITEMS = List.of("a", "b", "c", "d", "e", "f", "g", "h");

  /** A prompt for this many items ends the process that answers it. */
  public static final int ENDING_K = 13;

  /** A fault in a native library, which no code of ours sees. */
  public static final class ProcessEnded extends Error {
    @Serial private static final long serialVersionUID = 1;
  }

  private static final Duration INTERVAL = Duration.ofMillis(2);
  private static final Duration SWAP_TIMEOUT = Duration.ofMillis(20);
  private static final RetryDelays DELAYS =
      new RetryDelays(Duration.ofMillis(5), Duration.ofMillis(20));
  private static final int MAX_ITEMS = 1_000;

  private final AssignmentStore store;
  private final Random random;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Map<Generation, TinyGeneration> made = new HashMap<>();
  private final Map<Generation, Map<ItemId, SemanticId>> expected = new HashMap<>();
  private final Map<Generation, Integer> absences = new HashMap<>();
  private final Set<Generation> broken = new HashSet<>();
  private final Set<Generation> everLive = new HashSet<>();
  private final Set<Map.Entry<ItemId, SemanticId>> legal = new HashSet<>();
  private final Deque<Runnable> loads = new ArrayDeque<>();
  private final List<Lease> leases = new ArrayList<>();
  private GenerationHistory history = GenerationHistory.NONE;
  private long lastNumber;
  private long nextOffset;
  private Serving serving = new Serving();
  private GenerationSwitch rotation;

  /**
   * Starts without generations.
   *
   * @param lastNumber of the generations that the store has seen
   */
  public SimulatedRotation(
      AssignmentStore store, long lastNumber, Random random, Clock clock, LongSupplier nanoTime) {
    this.store = store;
    this.lastNumber = lastNumber;
    this.random = random;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.nextOffset = store.nextOffsets().getOrDefault(0, 0L);
    this.rotation = start();
  }

  private GenerationSwitch start() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    return new GenerationSwitch(
        this::open,
        loads::add,
        store,
        serving,
        new ItemAdmission(MAX_ITEMS, registry),
        registry,
        INTERVAL,
        SWAP_TIMEOUT,
        DELAYS,
        clock,
        nanoTime);
  }

  private LoadedGeneration open(GenerationAnnouncement announced) throws IOException {
    Generation generation = announced.generation();
    if (broken.contains(generation)) {
      throw new BundleException(generation, "encoder.onnx has sha256 1, expected 2");
    }
    if (absences.merge(generation, -1, Integer::sum) >= 0) {
      throw new BundleNotFoundException(generation, "not found in /store");
    }
    String[] items = base(made.get(generation)).toArray(String[]::new);
    LoadedGeneration loaded = new TinyGeneration(generation.number(), items).load(store);
    return new LoadedGeneration(
        generation,
        loaded.natives(),
        loaded.catalogue(),
        (prompt, catalogue) -> {
          if (prompt.k() == ENDING_K) {
            throw new ProcessEnded();
          }
          return loaded.answering().apply(prompt, catalogue);
        });
  }

  private static List<String> base(TinyGeneration generation) {
    return generation.assignments().items().stream().map(ItemId::value).toList();
  }

  public Serving serving() {
    return serving;
  }

  public long lastNumber() {
    return lastNumber;
  }

  /** Generations that were announced live at some time. */
  public Set<Generation> everLive() {
    return everLive;
  }

  public boolean mayAnswer() {
    return rotation.mayAnswer();
  }

  /** Whether an item had this ID at some time. */
  public boolean isLegal(ItemId item, SemanticId id) {
    return legal.contains(Map.entry(item, id));
  }

  /** A trained generation: a candidate, changes for it, then live, and the oldest retired. */
  public void publish(boolean mayBeBroken) {
    Set<String> items =
        ITEMS.stream().filter(item -> random.nextInt(3) > 0).collect(Collectors.toSet());
    items.add(ITEMS.get(random.nextInt(ITEMS.size())));
    TinyGeneration generation = new TinyGeneration(++lastNumber, items.toArray(String[]::new));
    Generation number = new Generation(lastNumber);
    made.put(number, generation);
    List<String> rows = base(generation);
    IntStream.range(0, rows.size())
        .forEach(row -> has(new ItemId(rows.get(row)), id(number, row, 1)));
    absences.put(number, random.nextInt(3));
    if (mayBeBroken && random.nextInt(5) == 0) {
      broken.add(number);
    }
    announce(generation.announced(GenerationState.CANDIDATE));
    IntStream.range(0, random.nextInt(4)).forEach(any -> change());
    announce(generation.announced(GenerationState.LIVE));
    while (liveOnes().size() > 2) {
      announce(liveOnes().get(0).in(GenerationState.RETIRED, "older", clock.instant()));
    }
  }

  private static SemanticId id(Generation generation, int... codes) {
    return new SemanticId(generation, codes);
  }

  private void has(ItemId item, SemanticId id) {
    expected.computeIfAbsent(id.generation(), any -> new HashMap<>()).put(item, id);
    legal.add(Map.entry(item, id));
  }

  private List<GenerationAnnouncement> liveOnes() {
    return history.announcements().stream()
        .filter(one -> one.state() == GenerationState.LIVE)
        .toList();
  }

  /** The generation before is live again, where there is one. */
  public void rollback() {
    if (history.rollbackTarget().isPresent()) {
      history.rollback(clock.instant()).forEach(this::announce);
    }
  }

  private void announce(GenerationAnnouncement announcement) {
    history = history.with(announcement);
    if (announcement.state() == GenerationState.LIVE) {
      everLive.add(announcement.generation());
    }
    rotation.announced(announcement);
    rotation.advance();
  }

  /** An item gets other codes in all generations in use, or is removed from them. */
  public void change() {
    String item = ITEMS.get(random.nextInt(ITEMS.size()));
    boolean removed = random.nextInt(4) == 0;
    List<CodedChange> changes = new ArrayList<>();
    for (GenerationAnnouncement one : history.announcements()) {
      if (one.state().active()) {
        Generation generation = one.generation();
        ItemId id = new ItemId(item);
        if (removed) {
          expected.get(generation).remove(id);
          changes.add(CodedChange.removed(new CodedItemKey(generation, id)));
        } else {
          CodedItem coded = made.get(generation).coded(item, random.nextInt(200));
          has(id, coded.id());
          changes.add(CodedChange.upserted(coded));
        }
      }
    }
    rotation.changed(changes, Map.of(0, ++nextOffset), clock.millis());
    rotation.advance();
  }

  /** One load ends, where one has begun; what is due is done. */
  public void step() {
    if (!loads.isEmpty()) {
      loads.remove().run();
    }
    rotation.advance();
  }

  /** A request that takes its time begins. */
  public void lease() {
    leases.add(serving.acquire());
  }

  /** All of those end; each fails when its generation was closed meanwhile. */
  public void release() {
    for (Lease lease : leases) {
      Prompt any = new Prompt.ForSearch("q", 1, Set.of(), Optional.empty());
      lease.generation().ifPresent(held -> held.answer(any));
      lease.close();
    }
    leases.clear();
  }

  /** The process ends at once, with loads and swaps under way, and another one starts. */
  public void kill() {
    loads.clear();
    leases.clear();
    serving = new Serving();
    rotation = start();
    history.announcements().forEach(rotation::announced);
    rotation.advance();
  }

  /** What is wrong, once nothing is pending. */
  public List<String> mistakes() {
    List<String> mistakes = new ArrayList<>();
    Optional<Generation> last = history.serving().map(GenerationAnnouncement::generation);
    Optional<Generation> now = serving.generation();
    if (last.isPresent() && !broken.contains(last.get()) && !now.equals(last)) {
      mistakes.add("serves " + now + ", last live is " + last);
    }
    try (Lease lease = serving.acquire()) {
      lease
          .generation()
          .filter(held -> !catalogue(held).equals(expected.get(held.generation())))
          .ifPresent(
              held ->
                  mistakes.add(
                      "catalogue is "
                          + catalogue(held)
                          + ", expected "
                          + expected.get(held.generation())));
    }
    now.filter(broken::contains).ifPresent(one -> mistakes.add("serves broken " + one));
    return mistakes;
  }

  private static Map<ItemId, SemanticId> catalogue(ServingGeneration held) {
    return IntStream.range(0, held.catalogue().size())
        .boxed()
        .collect(Collectors.toMap(held.catalogue()::item, held.catalogue()::id));
  }

  /** Its generations are retired, so that the store forgets them. */
  public void close() {
    List<GenerationAnnouncement> all = List.copyOf(history.announcements());
    all.forEach(one -> announce(one.in(GenerationState.RETIRED, "over", clock.instant())));
    rotation.close();
  }
}
