package io.sidestream.index.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sidestream.model.store.RetryDelays;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.WriterSchemas;
import io.sidestream.schemas.avro.Codecs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class AttributeUpdaterTest {
  private static final Topic TOPIC = Topics.DEFAULT.items();
  private static final ItemId HEAT = new ItemId("heat");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final FollowedTopic items = new FollowedTopic(TOPIC.name(), 0);

  @Test
  void start_itemsOfTheTopic_haveTheFilterableAttributesAsTheyAreNow() {
    try (AttributeUpdater attributes = updater(Set.of("genre", "year"))) {
      attributes.start();
      put(HEAT, Map.of("genre", List.of("Crime"), "cast", List.of("Pacino")));
      await(() -> attributes.of(HEAT).equals(Optional.of(Map.of("genre", List.of("Crime")))));
      assertTrue(attributes.isCaughtUp());

      put(HEAT, Map.of("genre", List.of("Crime", "Drama"), "year", List.of("1995")));
      await(() -> attributes.of(HEAT).filter(it -> it.containsKey("year")).isPresent());

      items.add("\"heat\"", null);
      await(() -> attributes.of(HEAT).isEmpty());
      items.add("heat", new byte[] {1});
      await(
          () -> registry.counter("sidestream.records.skipped", "topic", TOPIC.name()).count() == 1);
    }
  }

  @Test
  void start_nothingFilterable_readsNothing() {
    try (AttributeUpdater attributes = updater(Set.of())) {
      assertFalse(attributes.isCaughtUp());
      attributes.start();
      assertTrue(attributes.isCaughtUp());
      assertEquals(Set.of(), items.consumer.assignment());
    }
    assertTrue(items.consumer.closed());
  }

  @Test
  void take_moreValuesThanAreShared_areAllKept() {
    try (AttributeUpdater attributes = updater(Set.of("sku"))) {
      attributes.start();
      int items = AttributeUpdater.MAX_SHARED / 50 + 1; // of 50 values each
      for (int i = 0; i < items; i++) {
        int first = i * 50;
        put(
            new ItemId("item" + i),
            Map.of("sku", IntStream.range(first, first + 50).mapToObj(Integer::toString).toList()));
      }
      ItemId last = new ItemId("item" + (items - 1));
      await(() -> attributes.of(last).isPresent());
      assertEquals(
          Integer.toString(items * 50 - 1), attributes.of(last).orElseThrow().get("sku").get(49));
      assertEquals(AttributeUpdater.MAX_SHARED, attributes.shared());
    }
  }

  private AttributeUpdater updater(Set<String> filterable) {
    return new AttributeUpdater(
        items.consumer,
        TOPIC,
        WriterSchemas.none(),
        filterable,
        RetryDelays.DEFAULT,
        registry,
        why -> {
          throw new AssertionError(why);
        });
  }

  private void put(ItemId item, Map<String, List<String>> attributes) {
    items.add(item.value(), Codecs.item().encode(new Item(item, "Heat", Map.of(), attributes)));
  }

  private static void await(java.util.concurrent.Callable<Boolean> met) {
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(met);
  }
}
