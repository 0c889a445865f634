package io.sidestream.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.datasets.Dataset;
import io.sidestream.datasets.sample.SampleSize;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.UserErrorException;
import io.sidestream.schemas.UserId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoDatasetTest {
  private static final ItemId UP = new ItemId("up");

  @Test
  void folder_newestInteractions_areLaterAndOnce() {
    Dataset all = interactions(100);
    DemoDataset dataset = DemoDataset.folder(Path.of("films"), all);

    assertEquals(all.interactions().subList(0, 98), dataset.first().interactions());
    assertEquals(all.interactions().subList(98, 100), dataset.later(0).interactions());
    assertEquals(0, dataset.later(1).events());
  }

  @Test
  void sample_rounds_followEachOther() {
    DemoDataset dataset = DemoDataset.sample(7, new SampleSize(50, 10, 4, 400));

    assertEquals(400, dataset.first().events());
    assertEquals(20, dataset.later(0).events());
    Instant end = last(dataset.later(0));
    assertTrue(last(dataset.first()).isBefore(end));
    assertTrue(end.isBefore(last(dataset.later(1))));
  }

  @Test
  void demoState_written_isReadBack(@TempDir Path work) {
    assertEquals(Optional.empty(), DemoState.read(work));

    new DemoState("films", 0).nextRound().write(work);

    assertEquals(Optional.of(new DemoState("films", 1)), DemoState.read(work));
  }

  @Test
  void notes_ofTopicsThatWereEmptied_areForgotten(@TempDir Path work) {
    new DemoState("films", 3).write(work);

    DemoState.reconcile(work, "items", 7);
    assertEquals(Optional.of(new DemoState("films", 3)), DemoState.read(work));

    DemoState.reconcile(work, "items", 0);
    assertEquals(Optional.empty(), DemoState.read(work));

    assertThrows(UserErrorException.class, () -> DemoState.reconcile(work, "items", 7));
  }

  /** It was produced a second time, or its topics were said to be another's. */
  @Test
  void demoState_producingInterrupted_isRejectedUntilTheTopicsAreEmpty(@TempDir Path work) {
    DemoState.begun("films").write(work);

    String own =
        assertThrows(UserErrorException.class, () -> DemoState.checkComplete(work)).getMessage();
    assertTrue(own.contains("holds a part of the films, as producing it was interrupted"), own);
    String topics =
        assertThrows(UserErrorException.class, () -> DemoState.reconcile(work, "items", 7))
            .getMessage();
    assertTrue(topics.startsWith("topic items and those of events hold a part of the films"));

    DemoState.reconcile(work, "items", 0);
    assertEquals(Optional.empty(), DemoState.read(work));
    DemoState.checkComplete(work);
    new DemoState("films", 0).write(work);
    DemoState.checkComplete(work);
  }

  @Test
  void produce_interrupted_leavesNotesOfIt(@TempDir Path work) {
    assertThrows(
        IllegalStateException.class,
        () ->
            ProduceStep.noted(
                work,
                "films",
                () -> {
                  throw new IllegalStateException("interrupted");
                }));
    assertEquals(Optional.of(DemoState.begun("films")), DemoState.read(work));
    assertEquals("done", ProduceStep.noted(work, "films", () -> "done"));
    assertEquals(Optional.of(new DemoState("films", 0)), DemoState.read(work));
  }

  @Test
  void demoState_otherDataset_isRejected(@TempDir Path work) {
    new DemoState("folder /somewhere/else", 0).write(work);
    DemoDataset dataset = DemoDataset.folder(Path.of("films"), interactions(1));

    UserErrorException error =
        assertThrows(UserErrorException.class, () -> DemoState.check(work, dataset));
    assertTrue(error.getMessage().contains("holds the folder /somewhere/else"));
  }

  @Test
  void examples_noSearches_areTitles() {
    Examples examples = Examples.of(interactions(10));

    assertEquals("Up (2009)", examples.searches(3).get(0).query());
    assertEquals(List.of(new UserId("ann")), examples.users(5));
    assertEquals(10, examples.historyOf(new UserId("ann")).size());
  }

  private static Instant last(Dataset dataset) {
    List<Interaction> interactions = dataset.interactions();
    return interactions.get(interactions.size() - 1).at();
  }

  private static Dataset interactions(int count) {
    List<Interaction> interactions =
        IntStream.range(0, count)
            .mapToObj(
                i -> new Interaction(new UserId("ann"), UP, "view", 1, Instant.ofEpochSecond(i)))
            .toList();
    return new Dataset(
        List.of(new Item(UP, "Up (2009)", Map.of(), Map.of())), interactions, List.of());
  }
}
