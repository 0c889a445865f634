package io.sidestream.schemas.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.schemas.EventId;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class UncountedEventsTest {
  private static final Instant AT = Instant.EPOCH;

  /** Against a list of all ids, of which the last different ones count. */
  @RepeatedTest(20)
  void with_randomIds_equalsTheReference(RepetitionInfo repetition) {
    long seed = Long.getLong("seed", 5_000) + repetition.getCurrentRepetition();
    SplittableRandom random = new SplittableRandom(seed);
    int limit = 1 + random.nextInt(6);
    UncountedEvents repeated = kept(limit);
    List<String> taken = new ArrayList<>();
    for (int event = 0; event < 300; event++) {
      String id = "event " + random.nextInt(12);
      List<String> last = taken.subList(Math.max(0, taken.size() - limit), taken.size());
      assertEquals(last.contains(id), repeated.isLeftOut(view("ann", id)), "seed " + seed);
      if (!last.contains(id)) {
        taken.add(id);
      }
    }
  }

  @Test
  void isRepeat_withoutIdOrWithNothingKept_isNever() {
    UncountedEvents kept = kept(1);
    Interaction plain = new Interaction(new UserId("ann"), new ItemId("a"), "view", 1, AT);
    assertFalse(kept.isLeftOut(plain) || kept.isLeftOut(plain));
    UncountedEvents none = kept(0);
    assertFalse(none.isLeftOut(view("ann", "1")) || none.isLeftOut(view("ann", "1")));
  }

  @Test
  void isRepeat_anotherUserOrAfterAnErasure_isNone() {
    UncountedEvents repeated = kept(10);
    assertFalse(repeated.isLeftOut(view("ann", "1")));
    assertFalse(repeated.isLeftOut(view("bob", "1")));
    assertTrue(repeated.isLeftOut(view("ann", "1")));
    repeated.forget(new UserId("ann"));
    assertFalse(repeated.isLeftOut(view("ann", "1")));
    assertTrue(repeated.isLeftOut(view("bob", "1")));
  }

  @Test
  void isRepeat_search_isOneOfItsUserOrPairInItsPartition() {
    UncountedEvents repeated = kept(10);
    assertFalse(repeated.isLeftOut(0, search(Optional.of("ann"), "Q", "1")));
    assertTrue(repeated.isLeftOut(0, search(Optional.of("ann"), "Q", "1")));
    assertFalse(repeated.isLeftOut(1, search(Optional.of("ann"), "Q", "1")));
    assertFalse(repeated.isLeftOut(0, search(Optional.empty(), "Q", "1")));
    assertFalse(repeated.isLeftOut(0, search(Optional.empty(), "other", "1")));
    assertTrue(repeated.isLeftOut(0, search(Optional.empty(), "q", "1")));
  }

  /** The first 16 bytes of the digest that sha256sum prints. */
  @Test
  void of_anId_isTheBeginningOfItsSha256() {
    assertEquals(
        new EventFingerprint(0xce36863f51b6baf9L, 0xd16397ffb3e9af50L),
        EventFingerprint.of(new EventId("event-1")));
    assertNotEquals(EventFingerprint.of(new EventId("a")), EventFingerprint.of(new EventId("b")));
  }

  /** L3: against a list of what counted; times of earlier hours count in the newest. */
  @Tag("L3")
  @RepeatedTest(20)
  void isLeftOut_randomHours_equalsTheReference(RepetitionInfo repetition) {
    long seed = Long.getLong("seed", 6_000) + repetition.getCurrentRepetition();
    SplittableRandom random = new SplittableRandom(seed);
    int hourly = 1 + random.nextInt(5);
    UncountedEvents events = new UncountedEvents(0, hourly, 2);
    long newest = -1;
    int counted = 0;
    for (int event = 0; event < 300; event++) {
      long hour = event / 20 + random.nextInt(3);
      if (hour > newest) {
        newest = hour;
        counted = 0;
      }
      boolean leftOut = counted >= hourly;
      counted += leftOut ? 0 : 1;
      Instant at = AT.plusSeconds(3_600 * hour + random.nextInt(3_600));
      assertEquals(leftOut, events.isLeftOut(view("ann", at)), "seed " + seed);
    }
    assertFalse(events.isLeftOut(view("bob", AT)), "each user has hours of its own");
    events.forget(new UserId("ann"));
    assertFalse(events.isLeftOut(view("ann", AT)));
  }

  @Tag("L3")
  @Test
  void isLeftOut_searches_haveAnHourOfTheirUserOnEachPartition() {
    UncountedEvents events =
        new UncountedEvents(new CountingRule(WindowLimits.DEFAULT, KindWeights.ALIKE, 10, 0, 2));
    assertFalse(events.isLeftOut(0, search(Optional.of("ann"), "a", "1")));
    assertTrue(events.isLeftOut(0, search(Optional.of("ann"), "a", "1")), "a copy");
    assertFalse(events.isLeftOut(0, search(Optional.of("ann"), "b", "2")), "a copy is not counted");
    assertTrue(events.isLeftOut(0, search(Optional.of("ann"), "c", "3")));
    assertFalse(events.isLeftOut(1, search(Optional.of("ann"), "c", "3")), "another partition");
    assertFalse(events.isLeftOut(0, search(Optional.of("bob"), "c", "3")), "another user");
    for (int event = 0; event < 5; event++) {
      assertFalse(events.isLeftOut(0, search(Optional.empty(), "c", "without a user " + event)));
    }
    for (int event = 0; event < 5; event++) {
      assertFalse(events.isLeftOut(view("ann", AT)), "interactions have a limit of their own");
    }
    events.forget(0, new UserId("ann"));
    assertFalse(events.isLeftOut(0, search(Optional.of("ann"), "a", "1")), "erased");
    assertTrue(events.isLeftOut(1, search(Optional.of("ann"), "c", "3")), "on one partition");
  }

  private static Interaction view(String user, Instant at) {
    return new Interaction(new UserId(user), new ItemId("a"), "view", 1, at);
  }

  private static UncountedEvents kept(int ids) {
    return new UncountedEvents(new CountingRule(WindowLimits.DEFAULT, KindWeights.ALIKE, ids));
  }

  private static Interaction view(String user, String id) {
    return new Interaction(
        new UserId(user), new ItemId("a"), "view", 1, AT, Optional.of(new EventId(id)));
  }

  private static Search search(Optional<String> user, String query, String id) {
    return new Search(
        query, new ItemId("a"), user.map(UserId::new), AT, Optional.of(new EventId(id)));
  }
}
