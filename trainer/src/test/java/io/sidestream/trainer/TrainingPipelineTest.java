package io.sidestream.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.PairReplay;
import io.sidestream.learning.corpus.QueryLogs;
import io.sidestream.learning.corpus.TinyCorpus;
import io.sidestream.learning.evaluation.HeldOut;
import io.sidestream.learning.generation.ParentCodes;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.bundle.BundleReader;
import io.sidestream.model.bundle.CodeAlignment;
import io.sidestream.model.bundle.ItemCodes;
import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.bundle.WarmStart;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.model.ranking.LiveCounts;
import io.sidestream.model.ranking.Neighbours;
import io.sidestream.model.ranking.Retriever;
import io.sidestream.model.store.BundleStore;
import io.sidestream.model.store.BundleStoreConfig;
import io.sidestream.model.store.FetchListener;
import io.sidestream.model.store.GenerationOpener;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.pairs.CountingRule;
import io.sidestream.schemas.pairs.WindowLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingPipelineTest {
  private static final Corpus CORPUS = TinyCorpus.of(60, 30, WindowLimits.DEFAULT, 3);
  private static final TrainingSettings SETTINGS = TinyTraining.SETTINGS;
  private static final KeyPair KEY = key();

  @TempDir Path directory;

  private static KeyPair key() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Tag("B20")
  @Test
  void train_twiceAfterTheSameParent_givesTheSameBundleAndAnswersByIt() throws Exception {
    GenerationAnnouncement live =
        train("line", "work-one", earlier()).announcement(GenerationState.LIVE, "", Instant.EPOCH);
    PublishedGeneration one = next(live, "work-one"); // texts are kept from before
    assertFalse(Files.exists(directory.resolve("line/.generation-000002.staged")));
    Map<String, Double> metrics = one.manifest().quality().metrics();
    assertEquals(20, metrics.get("recommendation.cases"));
    assertTrue(metrics.get("search.cases") > 5);
    assertEquals("7", one.manifest().provenance().settings().get("trainer.seed"));
    assertTrue(one.manifest().quality().parity().get("generator") < 1e-4);
    answers("line", one);
    assertSigned(one);
    assertAligned(one, live);
    assertTrue(metrics.containsKey("recommendation.live_recall@30"));
    assertRecallOfTheLiveOne(one);

    assertEquals(
        Optional.of(WarmStart.full("trainer.refresh.most is 0")), one.manifest().warmStart());

    store("line").delete(one.manifest().generation());
    PublishedGeneration other = next(live, "work-other");
    assertEquals(one.manifest(), other.manifest());
    assertEquals(one.manifestSha256(), other.manifestSha256());
    assertRefreshed(live);
    assertUnreadable(live);
  }

  /** On the events of its own training it is what the training measured. */
  private void assertRecallOfTheLiveOne(PublishedGeneration one) {
    HeldOut heldOut = HeldOut.split(CORPUS, SETTINGS.heldOut(), SETTINGS.window(), SETTINGS.seed());
    Corpus training = heldOut.training();
    Neighbours neighbours =
        Neighbours.of(
            new PairReplay(new CountingRule(SETTINGS.window(), training.weights()))
                .neighbours(training.interactions(), SETTINGS.neighbours()));
    LiveCounts counts = new LiveCounts(neighbours, QueryLogs.clicks(training)::of);
    GenerationAnnouncement announced = one.announcement(GenerationState.LIVE, "", Instant.EPOCH);
    LiveRecall live = new LiveRecall(store("line"));
    Map<String, Double> recall = live.on(heldOut, counts, announced, TrainingProgress.NONE);
    Map<String, Double> measured = one.manifest().quality().metrics();
    assertEquals(
        Map.of(
            "recommendation.live_recall@30", measured.get("recommendation.recall@30"),
            "search.live_recall@30", measured.get("search.recall@30")),
        recall);
    assertEquals(
        Map.of(),
        new LiveRecall(store("empty")).on(heldOut, counts, announced, TrainingProgress.NONE));
  }

  private void assertSigned(PublishedGeneration next) throws IOException {
    Generation generation = next.manifest().generation();
    Path bundle = store("line").fetch(generation, next.manifestSha256());
    BundleReader.verifySignature(bundle, next.manifestSha256(), List.of(KEY.getPublic()));
  }

  private void assertAligned(PublishedGeneration next, GenerationAnnouncement live)
      throws IOException {
    CodeAlignment alignment = next.manifest().alignment().orElseThrow();
    assertEquals(live.generation(), alignment.parent());
    assertEquals(live.manifestSha256(), alignment.parentSha256());
    assertEquals(56, alignment.sharedItems());
    ItemCodes parent = codes(live.generation(), live.manifestSha256());
    ItemCodes aligned = codes(next.manifest().generation(), next.manifestSha256());
    int[][] former =
        aligned.items().stream()
            .map(item -> parent.of(item).orElse(new int[0]))
            .toArray(int[][]::new);
    CodeAlignment.Kept after = CodeAlignment.Kept.of(aligned.codes(), former, 2);
    assertEquals(Optional.of(after), alignment.after());
    Map<String, Double> metrics = next.manifest().quality().metrics();
    assertEquals(after.ids(), metrics.get("codebook.kept_ids"));
    for (int level = 0; level < 2; level++) {
      double kept = after.codes().get(level);
      assertTrue(kept >= alignment.before().orElseThrow().codes().get(level), "level " + level);
      assertTrue(kept >= greedy(aligned.codes(), former, level), "level " + level);
      assertEquals(kept, metrics.get("codebook.kept_codes." + (level + 1)));
    }
  }

  /** Two refreshes of one parent are equal, and the one after is refused as one too many. */
  private void assertRefreshed(GenerationAnnouncement live) throws IOException {
    TrainingSettings one = SETTINGS.with(Map.of("trainer.refresh.most", "1"));
    store("line").delete(new Generation(2));
    PublishedGeneration refresh = next(live, "work-one", one);
    assertEquals(
        Optional.of(new WarmStart(1, "1 of at most 1 in a row, 6.7 % of the items are new")),
        refresh.manifest().warmStart());
    assertAligned(refresh, live);
    answers("line", refresh);
    double kept = refresh.manifest().quality().metrics().get("codebook.kept_codes.1");
    assertTrue(kept > 0.8, "kept " + kept);
    store("line").delete(new Generation(2));
    assertEquals(refresh.manifestSha256(), next(live, "work-other", one).manifestSha256());

    GenerationAnnouncement refreshed =
        refresh.announcement(GenerationState.LIVE, "", Instant.EPOCH);
    assertEquals(
        Optional.of(WarmStart.full("refreshes in a row: 1, as many as allowed")),
        rule(one).start(job(refreshed), CORPUS.items()).stated());
    TrainingSettings two = one.with(Map.of("trainer.refresh.most", "2"));
    assertEquals(2, rule(two).start(job(refreshed), CORPUS.items()).stated().get().refreshes());
    assertOtherSettings(live, "trainer.encoder.dimensions", "20", "its space has 16 dimensions");
  }

  /** A parent whose shapes are others gives its codes alone. */
  private void assertOtherSettings(
      GenerationAnnouncement live, String key, String value, String reason) throws IOException {
    TrainingSettings other = SETTINGS.with(Map.of("trainer.refresh.most", "1", key, value));
    store("line").delete(new Generation(2));
    Manifest manifest = next(live, "work-one", other).manifest();
    WarmStart start = manifest.warmStart().orElseThrow();
    assertTrue(start.summary().startsWith("full: " + reason), start.summary());
    assertEquals(Optional.empty(), manifest.alignment().orElseThrow().skipped());
  }

  private RefreshRule rule(TrainingSettings settings) {
    return new RefreshRule(settings, new ParentBundle(store("line")));
  }

  /** A parent is not needed: without one a training goes on, and its manifest says why. */
  private void assertUnreadable(GenerationAnnouncement live) throws IOException {
    Path assignments =
        store("line")
            .fetch(live.generation(), live.manifestSha256())
            .resolve("assignments.safetensors");
    Files.write(assignments, new byte[] {0});
    assertEquals("its bundle is damaged or another one", fault(live));
    store("line").delete(live.generation());
    assertEquals("its bundle is not in the store", fault(live));
  }

  private String fault(GenerationAnnouncement live) {
    ParentCodes parent = new ParentBundle(store("line")).codes(live);
    assertEquals(live.manifestSha256(), parent.manifestSha256());
    assertEquals(Optional.empty(), parent.codes());
    return parent.fault();
  }

  /** Without a third of the users' interactions, and without the last four items. */
  private static Corpus earlier() {
    List<Item> items = CORPUS.items().subList(0, 56);
    Set<ItemId> ids = items.stream().map(Item::id).collect(Collectors.toSet());
    List<Interaction> interactions =
        CORPUS.interactions().stream()
            .filter(one -> !one.user().value().startsWith("u2") && ids.contains(one.item()))
            .toList();
    List<Search> searches =
        CORPUS.searches().stream().filter(one -> ids.contains(one.clicked())).toList();
    return new Corpus(
        items,
        interactions,
        searches,
        TinyCorpus.counts(interactions, searches, WindowLimits.DEFAULT));
  }

  private PublishedGeneration next(GenerationAnnouncement live, String work) throws IOException {
    return next(live, work, SETTINGS);
  }

  private PublishedGeneration next(
      GenerationAnnouncement live, String work, TrainingSettings settings) throws IOException {
    return new TrainingPipeline(
            settings, store("line"), directory.resolve(work), Optional.of(KEY.getPrivate()))
        .train(CORPUS, job(live), TrainingProgress.NONE);
  }

  private static TrainingJob job(GenerationAnnouncement live) {
    return new TrainingJob(
        live.generation().next(),
        "default",
        Optional.of(live),
        Optional.empty(),
        0,
        new CorpusOffsets(Map.of()),
        Instant.EPOCH);
  }

  private ItemCodes codes(Generation generation, String sha256) throws IOException {
    return BundleReader.codes(store("line").fetch(generation, sha256), generation, sha256);
  }

  /** Share of shared items that keep a code when the largest overlaps choose their number first. */
  private static double greedy(int[][] codes, int[][] former, int level) {
    int[][] overlap = new int[8][8];
    int shared = 0;
    for (int row = 0; row < codes.length; row++) {
      if (former[row].length > 0) {
        overlap[codes[row][level]][former[row][level]]++;
        shared++;
      }
    }
    int kept = 0;
    for (int most = shared; most > 0; most--) {
      for (int[] row : overlap) {
        for (int number = 0; number < row.length; number++) {
          if (row[number] == most) {
            kept += most;
            Arrays.fill(row, 0);
            for (int[] other : overlap) {
              other[number] = 0;
            }
          }
        }
      }
    }
    return (double) kept / shared;
  }

  private void answers(String generations, PublishedGeneration trained) throws IOException {
    GenerationOpener opener =
        new GenerationOpener(store(generations), OnnxSessions.cpu(1), FetchListener.NONE);
    try (OpenGeneration open =
        opener.open(trained.manifest().generation(), trained.manifestSha256())) {
      Retriever answering = new Retriever(open, Neighbours.NONE);
      Prompt prompt = new Prompt.ForSearch("a robot in space", 5, Set.of(), Optional.empty());
      assertEquals(5, answering.answer(prompt, Catalogue.of(open)).items().size());
    }
  }

  @Test
  void train_catalogueNobodyUsed_isTrainedOnItsOwnWords() throws Exception {
    Corpus unused = new Corpus(CORPUS.items(), List.of(), List.of(), List.of());
    PublishedGeneration trained = train("unused", "work", unused);
    assertEquals(
        "search is not evaluated: 0 test events, expected 5 or more; "
            + "recommendation is not evaluated: 0 test events, expected 5 or more",
        trained.manifest().quality().verdict());
    answers("unused", trained);
  }

  @Test
  void train_noItems_isRefused() {
    Corpus empty = new Corpus(List.of(), List.of(), List.of(), List.of());
    assertThrows(IllegalArgumentException.class, () -> train("empty", "work", empty));
    assertFalse(Files.exists(directory.resolve("empty/generation-000001")));
  }

  private BundleStore store(String generations) {
    return BundleStore.of(BundleStoreConfig.directory(directory.resolve(generations)));
  }

  private PublishedGeneration train(String generations, String work, Corpus corpus)
      throws IOException {
    return new TrainingPipeline(
            TinyTraining.SETTINGS, store(generations), directory.resolve(work), Optional.empty())
        .train(corpus, TinyTraining.order(Optional.empty()), TrainingProgress.NONE);
  }
}
