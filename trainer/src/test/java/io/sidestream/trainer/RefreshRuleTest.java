package io.sidestream.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.learning.generation.TrainingStart;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.bundle.BundleReader;
import io.sidestream.model.bundle.CodeAlignment;
import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.bundle.WarmStart;
import io.sidestream.model.fixtures.TinyGeneration;
import io.sidestream.model.resources.Hashes;
import io.sidestream.model.store.BundleStore;
import io.sidestream.model.store.BundleStoreConfig;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.Item;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefreshRuleTest {
  private static final Generation LIVE = new Generation(4);
  private static final List<Item> ITEMS = List.of(TinyGeneration.item(1));

  @TempDir Path directory;
  private Path bundle;
  private Manifest manifest;

  @BeforeEach
  void publish() throws Exception {
    bundle = new TinyGeneration(LIVE, 5, 1).publish(directory);
    manifest = BundleReader.manifest(bundle);
  }

  @Test
  void start_ofAFullTraining_saysWhy() throws Exception {
    TrainingSettings two = settings("trainer.refresh.most", "2");
    assertFull("no generation is live", two, job(Optional.empty()));
    assertFull("trainer.refresh.most is 0", TinyTraining.SETTINGS, job(Optional.of(live())));
    assertFull(
        "trainer.codebook.align is false",
        two.with(Map.of("trainer.codebook.align", "false")),
        job(Optional.of(live())));
    assertFull(
        "generation 5 after it was rejected or rolled back",
        two,
        job(Optional.of(live()), Optional.of(new Generation(5))));
    assertFull("its bundle keeps no weights to begin with", two, job(Optional.of(live())));
    BundleStore.of(BundleStoreConfig.directory(directory)).delete(LIVE);
    GenerationAnnouncement gone = live("ab".repeat(32));
    assertFull("its bundle is not in the store", two, job(Optional.of(gone)));
  }

  @Test
  void obstacle_parentThatARefreshWouldSpoil_isNamed() throws Exception {
    TrainingSettings settings =
        settings("trainer.refresh.most", "3")
            .with(
                Map.of(
                    "trainer.refresh.min.kept.codes", "0.6",
                    "trainer.refresh.max.new.items", "0.1"));
    assertEquals(Optional.empty(), obstacle(settings, manifest, 0.1));
    assertEquals(
        Optional.of("12.0 % of the items are new, more than 10.0 %"),
        obstacle(settings, manifest, 0.12));
    assertEquals(
        Optional.of("refreshes in a row: 3, as many as allowed"),
        obstacle(settings, after(3, 1), 0));
    assertEquals(Optional.empty(), obstacle(settings, after(2, 0.6), 0));
    assertEquals(
        Optional.of("it kept 55.0 % of the first codes, fewer than 60.0 %"),
        obstacle(settings, after(2, 0.55), 0));
    assertEquals(Optional.empty(), obstacle(settings, after(0, 0.55), 0), "a full one is no drift");
    TrainingJob other = job("other", Optional.of(live()), Optional.empty(), 0);
    assertEquals(
        Optional.of("it is of catalogue default"), rule(settings).obstacle(manifest, 0, other));
  }

  @Test
  void obstacle_usersErasedSince_isNamed() throws Exception {
    TrainingJob erased = job("default", Optional.of(live()), Optional.empty(), 2);
    assertEquals(
        Optional.of("users erased since, whose events it may know: 2"),
        rule(settings("trainer.refresh.most", "3")).obstacle(manifest, 0, erased));
  }

  @Test
  void obstacle_otherEventsHeldOut_isNamed() throws Exception {
    TrainingSettings settings = settings("trainer.refresh.most", "3");
    Manifest same = by(settings.asText());
    assertEquals(Optional.empty(), obstacle(settings, same, 0));
    assertEquals(
        Optional.of("it held out by another trainer.seed"),
        obstacle(settings.with(Map.of("trainer.seed", "9")), same, 0));
    assertEquals(
        Optional.of("it held out by another trainer.test.users"),
        obstacle(settings.with(Map.of("trainer.test.users", "77")), same, 0));
    assertEquals(
        Optional.empty(), obstacle(settings.with(Map.of("trainer.encoder.steps", "3")), same, 0));
  }

  /** The live generation as one that was trained by some settings. */
  private Manifest by(Map<String, String> settings) {
    Manifest.Provenance of = manifest.provenance();
    return new Manifest(
        manifest.generation(),
        manifest.shapes(),
        manifest.ranking(),
        new Manifest.Provenance(
            of.catalogue(),
            of.parent(),
            of.corpus(),
            of.requestedAtMillis(),
            of.seed(),
            settings,
            of.versions()),
        manifest.quality(),
        manifest.probes(),
        manifest.expected(),
        manifest.alignment(),
        manifest.warmStart(),
        manifest.files());
  }

  private Optional<String> obstacle(TrainingSettings settings, Manifest of, double unknown)
      throws Exception {
    return rule(settings).obstacle(of, unknown, job(Optional.of(live())));
  }

  private void assertFull(String reason, TrainingSettings settings, TrainingJob job) {
    TrainingStart start = rule(settings).start(job, ITEMS);
    assertEquals(Optional.of(WarmStart.full(reason)), start.stated());
    assertEquals(Optional.empty(), start.weights());
  }

  /** The live generation as one after a number of refreshes that kept a share of first codes. */
  private Manifest after(int refreshes, double kept) {
    CodeAlignment.Kept of = new CodeAlignment.Kept(List.of(kept, 0.5), 0.4);
    return new Manifest(
        manifest.generation(),
        manifest.shapes(),
        manifest.ranking(),
        manifest.provenance(),
        manifest.quality(),
        manifest.probes(),
        manifest.expected(),
        Optional.of(
            new CodeAlignment(
                new Generation(3),
                "ab".repeat(32),
                Optional.empty(),
                5,
                Optional.of(of),
                Optional.of(of))),
        Optional.of(new WarmStart(refreshes, "tested")),
        manifest.files());
  }

  private RefreshRule rule(TrainingSettings settings) {
    return new RefreshRule(
        settings, new ParentBundle(BundleStore.of(BundleStoreConfig.directory(directory))));
  }

  private static TrainingSettings settings(String key, String value) {
    return TinyTraining.SETTINGS.with(Map.of(key, value));
  }

  private static TrainingJob job(Optional<GenerationAnnouncement> live) {
    return job(live, Optional.empty());
  }

  private static TrainingJob job(
      Optional<GenerationAnnouncement> live, Optional<Generation> refused) {
    return job("default", live, refused, 0);
  }

  private static TrainingJob job(
      String catalogue,
      Optional<GenerationAnnouncement> live,
      Optional<Generation> refused,
      int erasedSince) {
    return new TrainingJob(
        LIVE.next(),
        catalogue,
        live,
        refused,
        erasedSince,
        new CorpusOffsets(Map.of()),
        Instant.EPOCH);
  }

  private GenerationAnnouncement live() throws Exception {
    return live(Hashes.sha256(bundle.resolve("manifest.json")));
  }

  private GenerationAnnouncement live(String sha256) {
    return new PublishedGeneration(manifest, sha256)
        .announcement(GenerationState.LIVE, "", Instant.EPOCH);
  }
}
