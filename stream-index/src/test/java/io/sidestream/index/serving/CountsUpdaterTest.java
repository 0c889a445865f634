package io.sidestream.index.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sidestream.index.store.CountStore;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.pairs.ClickedItem;
import io.sidestream.schemas.pairs.ClickedItems;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class CountsUpdaterTest {
  private static final Topic TOPIC = Topics.DEFAULT.clickedItems();
  private static final ClickedItems CLICKS =
      new ClickedItems(2, List.of(new ClickedItem(new ItemId("heat"), 2)));

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final InMemory store = new InMemory();

  /** Counts and offsets in maps. */
  private static final class InMemory implements CountStore<String, ClickedItems> {
    private final Map<String, ClickedItems> counts = new ConcurrentHashMap<>();
    private final SortedMap<Integer, Long> offsets = new ConcurrentSkipListMap<>();

    @Override
    public void apply(Map<String, Optional<ClickedItems>> changes, Map<Integer, Long> nextOffsets) {
      changes.forEach(
          (key, value) ->
              value.ifPresentOrElse(each -> counts.put(key, each), () -> counts.remove(key)));
      offsets.putAll(nextOffsets);
    }

    @Override
    public SortedMap<Integer, Long> nextOffsets() {
      return new TreeMap<>(offsets);
    }
  }

  @Test
  void isCaughtUp_recordsOfBeforeTheStart_onceAllAreInTheStore() {
    FollowedTopic clicks = new FollowedTopic(TOPIC.name(), 3);
    try (CountsUpdater<String, ClickedItems> updater = updater(clicks)) {
      clicks.add("a heist", Codecs.clickedItems().encode(CLICKS));
      clicks.add("dream", new byte[] {1});
      updater.start();
      await(() -> store.nextOffsets().equals(Map.of(0, 2L)));
      assertFalse(updater.isCaughtUp(), "there is a third");
      clicks.add("a heist", null);
      await(updater::isCaughtUp);
      assertEquals(Map.of(), store.counts);
      assertEquals(
          1, registry.counter("sidestream.records.skipped", "topic", TOPIC.name()).count());
    }
  }

  @Test
  void isCaughtUp_allInTheStoreAlready_withoutARecord() {
    store.apply(Map.of("a heist", Optional.of(CLICKS)), Map.of(0, 3L));
    try (CountsUpdater<String, ClickedItems> updater =
        updater(new FollowedTopic(TOPIC.name(), 3))) {
      updater.start();
      await(updater::isCaughtUp);
    }
  }

  private CountsUpdater<String, ClickedItems> updater(FollowedTopic clicks) {
    return new CountsUpdater<>(
        clicks.consumer,
        new CountsUpdater.Kind<>(
            "clicks", TOPIC.name(), Function.identity(), Codecs.clickedItems()),
        store,
        registry,
        Clock.systemUTC(),
        why -> {
          throw new AssertionError(why);
        });
  }

  private static void await(java.util.concurrent.Callable<Boolean> met) {
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(met);
  }
}
