package io.sidestream.index.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.schemas.ItemId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class TrendCountsTest {
  private static final Duration WINDOW = Duration.ofMinutes(60);
  private static final long MINUTE = 60_000;
  private static final ItemId A = new ItemId("a");

  private record Event(ItemId item, int weight, long millis) {}

  /** Against a sum over all events, and against counts that were begun in the middle. */
  @RepeatedTest(10)
  void scores_randomEvents_equalTheReferenceAndThoseAfterARestart(RepetitionInfo repetition) {
    Random random = new Random(Long.getLong("seed", 77) + repetition.getCurrentRepetition());
    List<Event> events = new ArrayList<>();
    TrendCounts counts = new TrendCounts(WINDOW);
    long now = 0;
    for (int i = 0; i < 2_000; i++) {
      now += random.nextInt(6_000);
      int weight = random.nextInt(10) == 0 ? -2 : 1 + random.nextInt(3);
      long late = random.nextInt((int) (90 * MINUTE));
      Event event = new Event(new ItemId("i" + random.nextInt(20)), weight, now - late);
      events.add(event);
      counts.add(event.item(), event.weight(), event.millis(), now);
    }
    Map<ItemId, Double> scores = counts.scores(now);
    assertEquals(reference(events, now), scores);

    Collections.shuffle(events, random);
    TrendCounts restarted = new TrendCounts(WINDOW);
    long start = restarted.startMillis(now);
    for (Event event : events) {
      if (event.millis() >= start) {
        restarted.add(event.item(), event.weight(), event.millis(), now);
      }
    }
    assertEquals(scores, restarted.scores(now));
  }

  private static Map<ItemId, Double> reference(List<Event> events, long now) {
    Map<ItemId, Map<Long, Long>> byMinute = new TreeMap<>();
    for (Event event : events) {
      long age = Math.floorDiv(now, MINUTE) - Math.floorDiv(event.millis(), MINUTE);
      if (age < TrendCounts.BUCKETS) {
        byMinute
            .computeIfAbsent(event.item(), item -> new TreeMap<>(Collections.reverseOrder()))
            .merge(age, (long) event.weight(), Long::sum);
      }
    }
    Map<ItemId, Double> scores = new TreeMap<>();
    byMinute.forEach(
        (item, sums) -> {
          double score = 0;
          for (Map.Entry<Long, Long> each : sums.entrySet()) {
            score += StrictMath.pow(2, -4.0 * each.getKey() / 60) * each.getValue();
          }
          if (score > 0) {
            scores.put(item, score);
          }
        });
    return scores;
  }

  @Test
  void scores_anEventGrowsOld_halvesAndLeaves() {
    TrendCounts counts = new TrendCounts(WINDOW);
    counts.add(A, 4, 0, 0);
    assertEquals(Map.of(A, 4.0), counts.scores(0));
    assertEquals(Map.of(A, 2.0), counts.scores(15 * MINUTE));
    assertEquals(Map.of(A, 1.0), counts.scores(30 * MINUTE));
    assertEquals(1, counts.scores(60 * MINUTE - 1).size());
    assertEquals(Map.of(), counts.scores(60 * MINUTE));
  }

  @Test
  void scores_moreDislikesThanLikes_doNotTrend() {
    TrendCounts counts = new TrendCounts(WINDOW);
    counts.add(A, 1, 0, 0);
    counts.add(A, -1, 0, 0);
    assertEquals(Map.of(), counts.scores(0));
  }

  @Test
  void new_windowBelowASecond_isRefused() {
    new TrendCounts(Duration.ofSeconds(1));
    assertThrows(IllegalArgumentException.class, () -> new TrendCounts(Duration.ofMillis(59)));
  }
}
