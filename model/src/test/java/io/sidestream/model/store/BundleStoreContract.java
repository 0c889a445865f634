package io.sidestream.model.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.model.bundle.BundleException;
import io.sidestream.model.bundle.BundleNotFoundException;
import io.sidestream.model.bundle.BundleReader;
import io.sidestream.model.bundle.BundleWriter;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.fixtures.TinyGeneration;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.schemas.Generation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store does. */
abstract class BundleStoreContract {
  static final Generation FIRST = new Generation(1);
  static final Generation SECOND = new Generation(2);
  static final OnnxSessions SESSIONS = OnnxSessions.cpu(1);
  private static final int ITEMS = 12;

  @TempDir Path directory;

  BundleStore store;

  /** A store without bundles. */
  abstract BundleStore open() throws Exception;

  /** Replaces a byte of a published file. */
  abstract void corrupt(Generation generation, String file) throws Exception;

  /** Deletes a published file. */
  abstract void lose(Generation generation, String file) throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  /** Publishes a bundle and returns its hash. */
  static String publish(BundleStore store, Generation generation) throws IOException {
    return publish(store, generation, 7);
  }

  private static String publish(BundleStore store, Generation generation, long seed)
      throws IOException {
    try (BundleWriter writer = BundleWriter.stage(store.staging(), generation)) {
      writer.seal(new TinyGeneration(generation, ITEMS, seed).stage(writer));
      store.publish(writer);
      return writer.manifestSha256();
    }
  }

  private OpenGeneration open(Generation generation, String sha256) throws IOException {
    return new GenerationOpener(store, SESSIONS, FetchListener.NONE).open(generation, sha256);
  }

  @Test
  void fetch_published_isOpened() throws Exception {
    String sha256 = publish(store, FIRST);

    try (OpenGeneration opened = open(FIRST, sha256)) {
      assertEquals(ITEMS, opened.assignments().size());
      assertEquals(sha256, opened.manifestSha256());
    }
    assertEquals(store.fetch(FIRST, sha256), store.fetch(FIRST, sha256));
  }

  @Test
  void fetch_nothingPublished_isNotFoundYet() throws Exception {
    publish(store, FIRST);

    BundleNotFoundException e =
        assertThrows(BundleNotFoundException.class, () -> store.fetch(SECOND, "0".repeat(64)));
    assertEquals("generation 2: not found in " + store.location(), e.getMessage());
  }

  @Test
  void open_otherHashThanAnnounced_isRefused() throws Exception {
    publish(store, FIRST);

    BundleException e = assertThrows(BundleException.class, () -> open(FIRST, "0".repeat(64)));
    assertTrue(
        e.getMessage().startsWith("generation 1: manifest.json has sha256 "), e.getMessage());
  }

  @Test
  void open_changedFile_isRefusedByName() throws Exception {
    String sha256 = publish(store, FIRST);
    corrupt(FIRST, "codebook.safetensors");

    BundleException e = assertThrows(BundleException.class, () -> open(FIRST, sha256));
    assertTrue(
        e.getMessage().startsWith("generation 1: codebook.safetensors has sha256 "),
        e.getMessage());
  }

  @Test
  void open_fileMissing_isNotFoundYet() throws Exception {
    String sha256 = publish(store, FIRST);
    lose(FIRST, "towers.safetensors");

    BundleNotFoundException e =
        assertThrows(BundleNotFoundException.class, () -> open(FIRST, sha256));
    assertTrue(e.getMessage().contains("towers.safetensors"), e.getMessage());
  }

  @Test
  void fetch_withoutManifest_isNotFoundYet() throws Exception {
    String sha256 = publish(store, FIRST);
    lose(FIRST, "manifest.json");

    assertThrows(BundleNotFoundException.class, () -> store.fetch(FIRST, sha256));
  }

  @Test
  void publish_existing_isRefused() throws Exception {
    publish(store, FIRST);

    BundleException e = assertThrows(BundleException.class, () -> publish(store, FIRST, 8));
    assertTrue(
        e.getMessage().endsWith("exists already, expected a new generation"), e.getMessage());
  }

  @Test
  void publish_notSealed_isRefused() throws Exception {
    try (BundleWriter writer = BundleWriter.stage(store.staging(), FIRST)) {
      new TinyGeneration(FIRST, ITEMS, 7).stage(writer);

      assertThrows(IllegalArgumentException.class, () -> store.publish(writer));
    }
    assertEquals(List.of(), store.generations());
  }

  @Test
  void generations_afterPublishing_areListed() throws Exception {
    assertEquals(List.of(), store.generations());
    publish(store, SECOND);
    publish(store, FIRST);

    assertEquals(List.of(FIRST, SECOND), store.generations());
  }

  @Test
  void delete_published_isNotFound() throws Exception {
    String sha256 = publish(store, FIRST);
    publish(store, SECOND);
    store.delete(FIRST);
    store.delete(FIRST);

    assertEquals(List.of(SECOND), store.generations());
    store.discard(FIRST, sha256);
    assertThrows(BundleNotFoundException.class, () -> store.fetch(FIRST, sha256));
  }

  @Test
  void publish_deletedGeneration_isPublishedAgain() throws Exception {
    publish(store, FIRST);
    store.delete(FIRST);
    String sha256 = publish(store, FIRST);

    BundleReader.verify(store.fetch(FIRST, sha256), sha256);
  }
}
