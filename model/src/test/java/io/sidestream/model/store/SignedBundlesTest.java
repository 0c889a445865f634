package io.sidestream.model.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.model.bundle.BundleException;
import io.sidestream.model.bundle.BundleWriter;
import io.sidestream.model.bundle.ManifestSignature;
import io.sidestream.model.fixtures.S3Server;
import io.sidestream.model.fixtures.TinyGeneration;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.schemas.Generation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles in a bucket, signed and not, for a process that takes those of one key or two. */
class SignedBundlesTest {
  private static final Generation FIRST = new Generation(1);
  private static final Generation SECOND = new Generation(2);

  private static KeyPair ours;
  private static KeyPair next;
  private static KeyPair other;

  @TempDir Path directory;

  private S3Server server;

  @BeforeAll
  static void makeKeys() throws Exception {
    KeyPairGenerator keys = KeyPairGenerator.getInstance("Ed25519");
    ours = keys.generateKeyPair();
    next = keys.generateKeyPair();
    other = keys.generateKeyPair();
  }

  @BeforeEach
  void startServer() throws Exception {
    server = S3Server.start(directory.resolve("buckets"), 0);
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private static String pem(String label, byte[] key) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(label, Base64.getMimeEncoder().encodeToString(key));
  }

  private static String pem(KeyPair key) {
    return pem("PUBLIC KEY", key.getPublic().getEncoded());
  }

  private BundleStoreConfig config(String cache, String trusted) {
    return new BundleStoreConfig(
        "s3://" + S3Server.BUCKET + "/tests",
        directory.resolve(cache).toString(),
        2,
        new S3Access(server.endpoint(), "", true, S3Server.ACCESS_KEY, S3Server.SECRET_KEY),
        trusted);
  }

  private BundleStore store(String cache, String trusted) {
    return BundleStore.of(config(cache, trusted));
  }

  private String publish(Generation generation, Optional<KeyPair> key) throws IOException {
    try (BundleStore store = store("publisher", "");
        BundleWriter writer = BundleWriter.stage(store.staging(), generation)) {
      writer.seal(new TinyGeneration(generation, 12, generation.number()).stage(writer));
      if (key.isPresent()) {
        String pem = pem("PRIVATE KEY", key.get().getPrivate().getEncoded());
        writer.sign(ManifestSignature.signing(pem));
      }
      store.publish(writer);
      return writer.manifestSha256();
    }
  }

  private void open(String cache, String trusted, Generation generation, String sha256)
      throws IOException {
    try (BundleStore store = store(cache, trusted)) {
      new GenerationOpener(store, OnnxSessions.cpu(1), FetchListener.NONE)
          .open(generation, sha256)
          .close();
    }
  }

  private void assertRefused(String reason, String cache, Generation generation, String sha256) {
    BundleException e =
        assertThrows(
            BundleException.class, () -> open(cache, pem(ours) + pem(next), generation, sha256));
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  @Tag("M2")
  @Test
  void open_signedByAKeyOfTwo_isServed() throws Exception {
    String byOurs = publish(FIRST, Optional.of(ours));
    String byNext = publish(SECOND, Optional.of(next));

    open("index", pem(ours) + pem(next), FIRST, byOurs);
    open("index", pem(ours) + pem(next), SECOND, byNext);
  }

  @Test
  void open_withoutTrustedKeys_isServedSignedOrNot() throws Exception {
    open("index", "", FIRST, publish(FIRST, Optional.of(other)));
    open("index", "", SECOND, publish(SECOND, Optional.empty()));
  }

  @Tag("M2")
  @Test
  void open_notSigned_isRefused() throws Exception {
    assertRefused(
        "is not signed, expected manifest.sig", "index", FIRST, publish(FIRST, Optional.empty()));
  }

  @Tag("M2")
  @Test
  void open_signedByAnotherKey_isRefused() throws Exception {
    assertRefused("none of the 2 keys", "index", FIRST, publish(FIRST, Optional.of(other)));
  }

  @Tag("M2")
  @Test
  void open_signatureOfAnotherBundleOrNone_isRefused() throws Exception {
    publish(FIRST, Optional.of(ours));
    String sha256 = publish(SECOND, Optional.of(other));
    Path copy = directory.resolve("copied");
    try (S3Objects objects = S3Objects.of(config("publisher", ""))) {
      objects.download("generation-000001/manifest.sig", copy);
      objects.upload(copy, "generation-000002/manifest.sig");
    }
    assertRefused("none of the 2 keys", "first", SECOND, sha256);
  }

  @Test
  void open_signatureOrManifestThatIsNoFile_isRefused() throws Exception {
    for (String file : List.of("manifest.sig", "manifest.json")) {
      String sha256 = publish(FIRST, Optional.of(ours));
      try (BundleStore store = store("index-" + file, pem(ours))) {
        Path plain = store.fetch(FIRST, sha256).resolve(file);
        Path elsewhere = Files.move(plain, directory.resolve("elsewhere-" + file));
        Files.createSymbolicLink(plain, elsewhere);
        BundleException e = assertThrows(BundleException.class, () -> store.fetch(FIRST, sha256));
        assertTrue(e.getMessage().contains(file + " is a link"), e.getMessage());
      }
    }
  }

  @Test
  void signing_pemWithoutAnEd25519Key_isRefusedWithoutItsText() {
    for (String pem :
        new String[] {
          "",
          "secret",
          pem("PRIVATE KEY", new byte[] {1, 2, 3}),
          "-----BEGIN PRIVATE KEY-----\nsecret!\n-----END PRIVATE KEY-----"
        }) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> ManifestSignature.signing(pem));
      assertFalse(e.getMessage().contains("secret"), e.getMessage());
    }
  }

  @Test
  void trusted_keysOnOneLine_areRead() {
    assertEquals(2, ManifestSignature.trusted((pem(ours) + pem(next)).replace("\n", " ")).size());
    assertThrows(IllegalArgumentException.class, () -> ManifestSignature.trusted("keys.pem"));
  }
}
