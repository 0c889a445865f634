package io.sidestream.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.model.store.BundleStore;
import io.sidestream.model.store.BundleStoreConfig;
import io.sidestream.schemas.Comparison;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.DecisionAuthor;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.RolloutPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicationTest {
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  @TempDir Path generations;

  private final List<String> announced = new ArrayList<>();
  private final Publication publication = publication(Optional.empty());

  @Test
  void publish_accepted_isCandidateThenLive_andTheThirdLastIsRetired() throws Exception {
    GenerationHistory history = GenerationHistory.NONE;
    for (int number = 1; number <= 3; number++) {
      history = publication.publish(history, generation(number), true, "good");
    }
    assertEquals(
        List.of(
            "1 CANDIDATE", "1 LIVE", "2 CANDIDATE", "2 LIVE", "3 CANDIDATE", "3 LIVE", "1 RETIRED"),
        announced);
    assertEquals(3, history.serving().orElseThrow().generation().number());
    assertEquals(2, history.rollbackTarget().orElseThrow().generation().number());
  }

  @Test
  void publish_refused_isRejectedWithTheVerdict() throws Exception {
    GenerationHistory history =
        publication.publish(GenerationHistory.NONE, generation(1), false, "task collapse: search");
    assertEquals(List.of("1 CANDIDATE", "1 REJECTED"), announced);
    assertEquals("task collapse: search", history.announcements().get(0).reason());
  }

  /** F6: whichever announcement is the last that brokers have, one serves, and a retry ends it. */
  @Tag("F6")
  @Test
  void f6_killedBetweenAnnouncements_oneServesAndTheNextAttemptEnds() throws Exception {
    GenerationHistory before = GenerationHistory.NONE;
    for (int number = 1; number <= 2; number++) {
      before = publication.publish(before, generation(number), true, "good");
    }
    GenerationHistory start = before;
    for (int announcements = 0; announcements < 3; announcements++) {
      int most = announcements;
      List<GenerationAnnouncement> taken = new ArrayList<>();
      Publication killed =
          new Publication(
              one -> {
                if (taken.size() == most) {
                  throw new IOException("killed");
                }
                taken.add(one);
              },
              CLOCK,
              Optional.empty());
      assertThrows(IOException.class, () -> killed.publish(start, generation(3), true, "good"));
      GenerationHistory left = start;
      for (GenerationAnnouncement one : taken) {
        left = left.with(one);
      }
      long serving = left.serving().orElseThrow().generation().number();
      assertEquals(most < 2 ? 2 : 3, serving, most + " announcements");

      GenerationHistory after = publication.publish(left, generation(3), true, "good");
      assertEquals(3, after.serving().orElseThrow().generation().number());
      assertEquals(2, after.rollbackTarget().orElseThrow().generation().number());
      assertEquals(GenerationState.RETIRED, after.find(new Generation(1)).orElseThrow().state());
    }
  }

  @Test
  void publish_candidatesAsked_firstGoesLiveAndTheNextAnswersAShare() throws Exception {
    Publication asks = publication(Optional.of(0.1));
    GenerationHistory history = asks.publish(GenerationHistory.NONE, generation(1), true, "good");
    assertEquals(Optional.empty(), history.comparison());
    history = asks.publish(history, generation(2), true, "good");
    assertEquals(Optional.of(new Comparison(new Generation(2), 0.1)), history.comparison());
    assertEquals(1, history.serving().orElseThrow().generation().number());
    assertEquals(
        "good; a candidate by trainer.candidate", history.candidate().orElseThrow().reason());
  }

  @Test
  void publish_whileAnotherIsCompared_waitsAndRetiresTheOneThatWaited() throws Exception {
    GenerationHistory history =
        publication.publish(GenerationHistory.NONE, generation(1), true, "good");
    history = publication(Optional.of(0.5)).publish(history, generation(2), true, "good");
    history = publication.publish(history, generation(3), true, "good");
    history = publication.publish(history, generation(4), true, "good");
    assertEquals(new Generation(2), history.comparison().orElseThrow().candidate());
    assertEquals(List.of(new Generation(4)), numbers(history.waiting()));
    assertEquals("3 RETIRED", announced.get(announced.size() - 1));
    assertEquals(1, history.serving().orElseThrow().generation().number());
  }

  @Test
  void publish_held_waitsUntilItIsReleased() throws Exception {
    DecisionAuthor author = new DecisionAuthor("ann", "a sale", Instant.EPOCH);
    GenerationHistory history =
        publication.publish(GenerationHistory.NONE, generation(1), true, "good");
    history = history.with(new RolloutPlan(history).hold(author).get(0));
    history = publication.publish(history, generation(2), true, "good");
    assertEquals("good; waits, generation 1 is held", history.candidate().orElseThrow().reason());
    history = history.with(new RolloutPlan(history).release(author).get(0));
    history = publication.publish(history, generation(3), true, "good");
    assertEquals(3, history.serving().orElseThrow().generation().number());
    assertEquals(Optional.empty(), history.candidate());
  }

  private Publication publication(Optional<Double> share) {
    return new Publication(
        one -> announced.add(one.generation() + " " + one.state()), CLOCK, share);
  }

  private static List<Generation> numbers(List<GenerationAnnouncement> announcements) {
    return announcements.stream().map(GenerationAnnouncement::generation).toList();
  }

  @Test
  void retention_deadBundles_newestStay_aliveOnesAlways() throws Exception {
    GenerationHistory history = GenerationHistory.NONE;
    for (int number = 1; number <= 6; number++) {
      Path bundle = generations.resolve(generation(number).generation().directoryName());
      Files.createDirectories(bundle);
      Files.writeString(bundle.resolve("manifest.json"), "{}");
      history = publication.publish(history, generation(number), number % 2 == 1, "");
    }
    Retention retention = new Retention(store(), 2);
    retention.apply(history); // 3 and 5 are live, 1 is retired, 2, 4 and 6 are rejected
    assertFalse(Files.exists(generations.resolve("generation-000001")));
    assertFalse(Files.exists(generations.resolve("generation-000002")));
    for (int kept : new int[] {3, 4, 5, 6}) {
      assertTrue(Files.exists(generations.resolve("generation-00000" + kept)), "kept " + kept);
    }
    assertEquals(7, retention.next(history).number());
  }

  @Test
  void retention_bundleNobodyAnnounced_keepsItsNumber() throws Exception {
    Files.createDirectories(generations.resolve("generation-000004"));
    assertEquals(5, new Retention(store(), 2).next(GenerationHistory.NONE).number());
  }

  private BundleStore store() {
    return BundleStore.of(BundleStoreConfig.directory(generations));
  }

  private static GenerationAnnouncement generation(int number) {
    return new GenerationAnnouncement(
        new Generation(number),
        GenerationState.CANDIDATE,
        "",
        "0".repeat(64),
        Optional.empty(),
        new CorpusOffsets(Map.of()),
        Map.of(),
        Instant.EPOCH);
  }
}
