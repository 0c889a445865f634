package io.sidestream.index.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sidestream.index.requests.HistoryRule;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.WriterSchemas;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.pairs.WindowLimits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class TrendUpdaterTest {
  private static final Topic TOPIC = Topics.DEFAULT.interactions();
  private static final ItemId HEAT = new ItemId("heat");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void isCaughtUp_markOfATransactionBehindTheLastRecord_isTrueWithoutAnother() {
    FollowedTopic interactions = new FollowedTopic(TOPIC.name(), 2);
    try (TrendUpdater trends = updater(interactions, Duration.ofDays(1))) {
      view(interactions);
      trends.start();
      await(() -> trends.now().keySet().equals(Set.of(HEAT)));
      assertFalse(trends.isCaughtUp(), "the mark is not read");
      interactions.addMark();
      await(trends::isCaughtUp);
    }
  }

  @Test
  void start_withoutAWindow_readsNothing() {
    FollowedTopic interactions = new FollowedTopic(TOPIC.name(), 2);
    try (TrendUpdater trends = updater(interactions, Duration.ZERO)) {
      assertFalse(trends.isCaughtUp());
      trends.start();
      assertTrue(trends.isCaughtUp());
      assertEquals(Set.of(), interactions.consumer.assignment());
    }
  }

  private TrendUpdater updater(FollowedTopic interactions, Duration window) {
    return new TrendUpdater(
        interactions.consumer,
        TOPIC,
        WriterSchemas.none(),
        HistoryRule.of(WindowLimits.DEFAULT),
        window,
        Clock.systemUTC(),
        registry,
        why -> {
          throw new AssertionError(why);
        });
  }

  private static void view(FollowedTopic interactions) {
    interactions.add(
        "u",
        Codecs.interaction()
            .encode(
                new Interaction(
                    new UserId("u"),
                    HEAT,
                    "view",
                    1,
                    Instant.now().truncatedTo(ChronoUnit.MILLIS))));
  }

  private static void await(java.util.concurrent.Callable<Boolean> met) {
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(met);
  }
}
