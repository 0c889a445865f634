package io.sidestream.rehearsal;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sidestream.index.serving.BundleLoader;
import io.sidestream.index.serving.GenerationSwitch;
import io.sidestream.index.serving.ItemAdmission;
import io.sidestream.index.serving.Serving;
import io.sidestream.index.store.AssignmentStore;
import io.sidestream.index.store.CodedChange;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.ranking.ItemAttributes;
import io.sidestream.model.ranking.ListSettings;
import io.sidestream.model.ranking.LiveCounts;
import io.sidestream.model.ranking.QueryCache;
import io.sidestream.model.ranking.QueryReading;
import io.sidestream.model.store.GenerationOpener;
import io.sidestream.model.store.RetryDelays;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The index's switch of generations and its store, and the coding of new items, with announcements
 * and items from a caller instead of topics. One thread.
 */
final class RehearsedIndex implements AutoCloseable {
  private static final int MAX_ITEMS = 1_000_000;
  private static final Duration INTERVAL = Duration.ofMillis(200);
  private static final Duration SWAP_TIMEOUT = Duration.ofMinutes(10);
  private static final ListSettings SCANNED =
      new ListSettings(Integer.MAX_VALUE, 1, ListSettings.MEASURED);

  private final GenerationOpener opener;
  private final SimulatedClock clock;
  private final List<Item> items;
  private final AssignmentStore store;
  private final GenerationSwitch rotation;
  private final Serving serving = new Serving();
  private final Deque<Runnable> loads = new ArrayDeque<>();
  private final Map<Generation, OpenGeneration> coders = new TreeMap<>();
  private GenerationHistory history = GenerationHistory.NONE;
  private long changes;

  /**
   * @param items those that are known, in order; grows with each new one before {@link #add}
   */
  RehearsedIndex(
      GenerationOpener opener,
      Path directory,
      LiveCounts live,
      List<Item> items,
      SimulatedClock clock)
      throws IOException {
    this.opener = opener;
    this.clock = clock;
    this.items = items;
    this.store = AssignmentStore.open(directory);
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    ItemAdmission admission = new ItemAdmission(MAX_ITEMS, registry);
    this.rotation =
        new GenerationSwitch(
            new BundleLoader(
                opener,
                store,
                live,
                ItemAttributes.NONE,
                admission,
                QueryCache.NONE,
                QueryReading.AS_MEANT,
                SCANNED),
            loads::add,
            store,
            serving,
            admission,
            registry,
            INTERVAL,
            SWAP_TIMEOUT,
            RetryDelays.DEFAULT,
            clock,
            clock::nanoTime);
  }

  Serving serving() {
    return serving;
  }

  GenerationHistory history() {
    return history;
  }

  /** A generation is announced; new items are coded for it while it is active. */
  void announce(GenerationAnnouncement announced) throws IOException {
    history = history.with(announced);
    rotation.announced(announced);
    Generation generation = announced.generation();
    if (!announced.state().active()) {
      OpenGeneration retired = coders.remove(generation);
      if (retired != null) {
        retired.close();
      }
    } else if (!coders.containsKey(generation)) {
      OpenGeneration coder = opener.open(generation, announced.manifestSha256());
      coders.put(generation, coder);
      Set<ItemId> trained = new HashSet<>(coder.assignments().items());
      code(coder, items.stream().filter(item -> !trained.contains(item.id())).toList());
    }
    rotation.advance();
  }

  /** An item came. */
  void add(Item item) {
    coders.values().forEach(coder -> code(coder, List.of(item)));
    rotation.advance();
  }

  private void code(OpenGeneration coder, List<Item> some) {
    List<CodedChange> coded = new ArrayList<>();
    for (Item item : some) {
      coded.add(CodedChange.upserted(coder.code(item, coder.collaborative(item.id()))));
    }
    changes += coded.size();
    rotation.changed(coded, Map.of(0, changes), clock.millis());
  }

  /**
   * What happens between two requests: a load ends where one has begun, and what is due is done.
   */
  void step() {
    if (!loads.isEmpty()) {
      loads.remove().run();
    }
    rotation.advance();
  }

  @Override
  public void close() {
    rotation.close();
    coders.values().forEach(OpenGeneration::close);
    store.close();
  }
}
