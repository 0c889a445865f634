package io.sidestream.chaos.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.chaos.check.Verdict.Violation;
import io.sidestream.chaos.history.HistoryRecorder;
import io.sidestream.chaos.history.ReceivedReply;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A good history made by hand, and one change to it for each kind of violation. */
class HistoryCheckTest {
  private static final Generation FIRST = new Generation(1);
  private static final Generation SECOND = new Generation(2);
  private static final ItemId ITEM = new ItemId("film");
  private static final Duration ALLOWANCE = Duration.ofSeconds(5);
  private static final long DEADLINE = 10_000;

  private final HistoryRecorder history = new HistoryRecorder();
  private final List<String> found = new ArrayList<>(List.of("1", "2"));

  @BeforeEach
  void goodHistory() {
    history.produced(ITEM);
    history.ackedEvent("1");
    history.ackedEvent("2");
    request("a", OptionalLong.empty());
    reply("a", 1_000, "OK", List.of(FIRST, FIRST, FIRST), List.of(ITEM));
    request("b", OptionalLong.of(DEADLINE));
    reply("b", DEADLINE, "OK", List.of(SECOND), List.of(ITEM));
    request("c", OptionalLong.empty());
    reply("c", 3_000, "NOT_READY", List.of(), List.of());
  }

  @Test
  void check_goodHistory_findsNothing() {
    Verdict verdict = check();
    assertEquals(Map.of(), verdict.violations());
    assertTrue(verdict.isClean());
    assertEquals(3, verdict.requests());
    assertEquals(3, verdict.acked());
    assertEquals(Map.of("OK", 2L, "NOT_READY", 1L), verdict.statuses());
    assertEquals(0, verdict.repeats());
    assertEquals(2, verdict.events());
    assertEquals(0, history.unanswered());
  }

  @Test
  void check_ackedRequestWithoutReply_isLost() {
    request("d", OptionalLong.empty());
    assertEquals(Map.of(Violation.LOST, List.of("d")), check().violations());
    assertEquals(1, history.unanswered());
  }

  @Test
  void check_requestThatNoBrokerTook_isNotLost() {
    history.sent("d", 1, OptionalLong.empty());
    assertTrue(check().isClean());
  }

  @Test
  void check_requestWithDeadlineAndWithoutReply_isExpired() {
    request("d", OptionalLong.of(DEADLINE));
    assertTrue(check().isClean());
    assertEquals(1, check().expired());
  }

  @Tag("L6")
  @Test
  void check_secondReplyToARequest_isARepeatThatClientsDrop() {
    reply("a", 1_500, "OK", List.of(SECOND), List.of(ITEM));
    assertTrue(check().isClean());
    assertEquals(1, check().repeats());
    assertEquals(4, check().replies());
  }

  @Test
  void check_replyToNoRequest_isDoubled() {
    reply("a-again", 1_500, "OK", List.of(FIRST), List.of(ITEM));
    assertEquals(Map.of(Violation.DOUBLED, List.of("a-again")), check().violations());
  }

  @Test
  void check_replyOfTwoGenerations_isMixed() {
    reply("a", 1_500, "OK", List.of(FIRST, SECOND), List.of(ITEM));
    assertEquals(1, check().count(Violation.MIXED));
  }

  @Test
  void check_replyWhoseIdsAreOfAnotherGeneration_isMixed() {
    reply("a", 1_500, ReceivedReply.Content.MIXED, List.of(FIRST), List.of());
    assertEquals(1, check().count(Violation.MIXED));
  }

  @Test
  void check_replyOfAGenerationThatWasNeverLive_isMixed() {
    reply("a", 1_500, "OK", List.of(new Generation(3)), List.of(ITEM));
    assertEquals(Map.of(Violation.MIXED, List.of("a of generations [3]")), check().violations());
  }

  @Test
  void check_replyThatDoesNotDecode_isUnreadable() {
    reply("a", 1_500, "UNREADABLE", List.of(), List.of());
    assertEquals(Map.of(Violation.UNREADABLE, List.of("a")), check().violations());
  }

  @Test
  void check_itemThatWasNeverProduced_isIllegal() {
    reply("a", 1_500, "OK", List.of(FIRST), List.of(ITEM, new ItemId("none")));
    assertEquals(Map.of(Violation.ILLEGAL_ITEM, List.of("a: none")), check().violations());
  }

  @Test
  void check_answerBeyondDeadlineAndAllowance_isLate() {
    request("d", OptionalLong.of(DEADLINE));
    reply("d", DEADLINE + ALLOWANCE.toMillis(), "OK", List.of(FIRST), List.of(ITEM));
    assertTrue(check().isClean(), "within the allowance");
    reply("d", DEADLINE + ALLOWANCE.toMillis() + 1, "OK", List.of(FIRST), List.of(ITEM));
    assertEquals(Map.of(Violation.LATE, List.of("d by 5001 ms")), check().violations());
  }

  @Test
  void check_ackedEventThatIsNotOnItsTopic_isLost() {
    history.ackedEvent("3");
    assertEquals(Map.of(Violation.LOST_EVENT, List.of("3")), check().violations());
  }

  @Test
  void check_eventThatIsOnItsTopicTwice_isDoubled() {
    found.add("2");
    assertEquals(Map.of(Violation.DOUBLED_EVENT, List.of("2")), check().violations());
  }

  @Test
  void check_eventThatWasNotAckedAndIsThere_isWell() {
    found.add("3");
    assertTrue(check().isClean());
  }

  private Verdict check() {
    return HistoryCheck.check(history.history(found, Set.of(FIRST, SECOND)), ALLOWANCE);
  }

  private void request(String id, OptionalLong deadline) {
    history.sent(id, 0, deadline);
    history.acked(id, 1);
  }

  private void reply(
      String id, long written, String status, List<Generation> generations, List<ItemId> items) {
    history.received(
        new ReceivedReply(
            id,
            written,
            written + 1,
            new ReceivedReply.Content(status, status.equals("OK"), generations, items)));
  }
}
