package io.sidestream.index.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sidestream.index.store.AssignmentStore;
import io.sidestream.index.store.CodedChange;
import io.sidestream.index.store.StoreException;
import io.sidestream.index.store.StoreFailures;
import io.sidestream.model.bundle.BundleException;
import io.sidestream.model.bundle.BundleReader;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.fixtures.TinyGeneration;
import io.sidestream.model.onnx.OnnxException;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.ranking.Answer;
import io.sidestream.model.ranking.ItemAttributes;
import io.sidestream.model.ranking.ListSettings;
import io.sidestream.model.ranking.LiveCounts;
import io.sidestream.model.ranking.Neighbours;
import io.sidestream.model.ranking.QueryCache;
import io.sidestream.model.ranking.QueryReading;
import io.sidestream.model.store.BundleStore;
import io.sidestream.model.store.BundleStoreConfig;
import io.sidestream.model.store.FetchListener;
import io.sidestream.model.store.GenerationOpener;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.CodedItemKey;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.RankedItem;
import io.sidestream.schemas.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real bundles: opened, taken into the index, warmed up, refused. */
class BundleLoaderTest {
  private static final Generation FIRST = new Generation(1);
  private static final int ITEMS = 30;

  @TempDir Path directory;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private AssignmentStore store;
  private GenerationOpener opener;
  private BundleLoader loader;
  private Path bundle;

  @BeforeEach
  void publish() throws Exception {
    bundle = new TinyGeneration(FIRST, ITEMS, 7).publish(directory.resolve("generations"));
    store = AssignmentStore.open(directory.resolve("index"));
    BundleStore bundles =
        BundleStore.of(BundleStoreConfig.directory(directory.resolve("generations")));
    opener = new GenerationOpener(bundles, OnnxSessions.cpu(1), FetchListener.NONE);
    loader = loader(LiveCounts.NONE);
  }

  private BundleLoader loader(LiveCounts live) {
    return new BundleLoader(
        opener,
        store,
        live,
        ItemAttributes.NONE,
        new ItemAdmission(ITEMS, registry),
        QueryCache.NONE,
        QueryReading.AS_MEANT,
        new ListSettings(0, 1, ListSettings.MEASURED));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void load_bundle_indexesItsItemsAndAnswersBothTasks() throws Exception {
    LoadedGeneration loaded = loader.load(announced());
    try (AutoCloseable natives = loaded.natives()) {
      assertEquals(ITEMS, store.items(FIRST).size());
      assertEquals(ITEMS, loaded.catalogue().size());
      Answer found = loaded.answering().apply(search(), loaded.catalogue());
      assertEquals(Reply.Status.OK, found.status());
      assertEquals(10, found.items().size());
      Answer next = loaded.answering().apply(recommendation(3), loaded.catalogue());
      assertEquals(Reply.Status.OK, next.status());
      Answer unknown = loaded.answering().apply(recommendation(99), loaded.catalogue());
      assertEquals(Reply.Status.UNKNOWN_ITEMS, unknown.status());
      assertFalse(natives == null);
    }
  }

  @Test
  void load_changesInTheIndex_areInTheCatalogue() throws Exception {
    CodedItem late;
    try (OpenGeneration open = BundleReader.open(bundle, OnnxSessions.cpu(1))) {
      late = open.code(TinyGeneration.item(77), Optional.empty());
    }
    CodedItemKey gone = new CodedItemKey(FIRST, TinyGeneration.itemId(4));
    store.apply(List.of(CodedChange.upserted(late), CodedChange.removed(gone)), Map.of());
    LoadedGeneration loaded = loader.load(announced());
    try (AutoCloseable natives = loaded.natives()) {
      assertEquals(ITEMS, loaded.catalogue().size());
      assertTrue(loaded.catalogue().contains(late.item()));
      assertFalse(loaded.catalogue().contains(gone.item()));
      Prompt all = new Prompt.ForSearch("film", 100, Set.of(), Optional.empty());
      List<RankedItem> items = loaded.answering().apply(all, loaded.catalogue()).items();
      assertTrue(items.stream().noneMatch(item -> item.item().equals(gone.item())));
      assertFalse(natives == null);
    }
  }

  @Test
  void load_oneFlippedByte_isRefused() throws Exception {
    Path file = bundle.resolve("assignments.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    GenerationAnnouncement announced = announced();
    Files.write(file, bytes);
    BundleException refused = assertThrows(BundleException.class, () -> loader.load(announced));
    assertTrue(refused.getMessage().startsWith("generation 1: "), refused.getMessage());
    assertTrue(store.items(FIRST).isEmpty(), "nothing of it is in the index");
  }

  @Test
  void load_otherBundleThanAnnounced_isRefused() throws Exception {
    GenerationAnnouncement announced = announced("0".repeat(64));
    assertThrows(BundleException.class, () -> loader.load(announced));
  }

  @Test
  void load_warmUpFails_isRefusedWhereTheMachineIsNotToBlame() throws Exception {
    GenerationAnnouncement announced = announced();
    BundleLoader bug = failing(new IllegalArgumentException("codes"));
    BundleException refused = assertThrows(BundleException.class, () -> bug.load(announced));
    assertEquals("generation 1: warm-up failed: codes", refused.getMessage());
    BundleLoader unread = failing(StoreFailures.changedBytes());
    assertThrows(StoreException.class, () -> unread.load(announced));
    BundleLoader lost =
        failing(new OnnxException("generator failed", new OrtException("CUDA failure 700: lost")));
    assertThrows(OnnxException.class, () -> lost.load(announced));
  }

  private BundleLoader failing(RuntimeException why) {
    return loader(
        new LiveCounts(
            Neighbours.NONE,
            query -> {
              throw why;
            }));
  }

  private static Prompt search() {
    return new Prompt.ForSearch("a story", 10, Set.of(), Optional.empty());
  }

  private static Prompt recommendation(int item) {
    return new Prompt.ForRecommendation(
        List.of(TinyGeneration.itemId(item)), true, 10, Set.of(), Optional.empty());
  }

  private GenerationAnnouncement announced() throws Exception {
    try (OpenGeneration open = BundleReader.open(bundle, OnnxSessions.cpu(1))) {
      return announced(open.manifestSha256());
    }
  }

  private GenerationAnnouncement announced(String hash) {
    return new GenerationAnnouncement(
        FIRST,
        GenerationState.LIVE,
        "both tasks hold",
        hash,
        Optional.empty(),
        new CorpusOffsets(Map.of()),
        Map.of(),
        Instant.EPOCH);
  }
}
