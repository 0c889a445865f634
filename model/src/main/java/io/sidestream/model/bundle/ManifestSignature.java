package io.sidestream.model.bundle;

import static io.sidestream.schemas.Checks.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The signature of a bundle, beside its manifest: Ed25519 (RFC 8032) over the bytes of {@code
 * manifest.json}, which holds the hash of every other file; in base64. Keys are PEM, as {@code
 * openssl genpkey -algorithm ed25519} and {@code openssl pkey -pubout} write them.
 */
public final class ManifestSignature {
  private static final String ALGORITHM = "Ed25519";

  /** Longest file of a signature that is read; 64 bytes in base64 take 88. */
  static final int MAX_BYTES = 1_024;

  private ManifestSignature() {}

  /**
   * A private key that signs.
   *
   * @param pem PKCS #8; line breaks may be any white space
   * @throws IllegalArgumentException where it holds no such key, or several; its text is in no
   *     message
   */
  public static PrivateKey signing(String pem) {
    List<byte[]> keys = blocks("PRIVATE KEY", pem);
    check(keys.size() == 1, "%d private keys in PEM, expected 1", keys.size());
    try {
      return KeyFactory.getInstance(ALGORITHM)
          .generatePrivate(new PKCS8EncodedKeySpec(keys.get(0)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the private key is not one of Ed25519", e);
    }
  }

  /**
   * Public keys, of which one must have signed.
   *
   * @param pem one or more, SubjectPublicKeyInfo; line breaks may be any white space
   * @throws IllegalArgumentException where it holds no such key
   */
  public static List<PublicKey> trusted(String pem) {
    List<byte[]> blocks = blocks("PUBLIC KEY", pem);
    check(!blocks.isEmpty(), "no public key in PEM, expected one or more");
    List<PublicKey> keys = new ArrayList<>();
    for (byte[] block : blocks) {
      try {
        keys.add(KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(block)));
      } catch (GeneralSecurityException e) {
        throw new IllegalArgumentException(
            "public key %d is not one of Ed25519".formatted(keys.size() + 1), e);
      }
    }
    return List.copyOf(keys);
  }

  private static List<byte[]> blocks(String label, String pem) {
    Matcher block =
        Pattern.compile("-----BEGIN %1$s-----([^-]*)-----END %1$s-----".formatted(label))
            .matcher(pem);
    List<byte[]> blocks = new ArrayList<>();
    while (block.find()) {
      try {
        blocks.add(Base64.getDecoder().decode(block.group(1).replaceAll("\\s", "")));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "%s %d in PEM is not base64"
                .formatted(label.toLowerCase(Locale.ROOT), blocks.size() + 1));
      }
    }
    return blocks;
  }

  /** Writes the signature of a sealed bundle into its directory. */
  static void write(Path directory, byte[] manifest, PrivateKey key) throws IOException {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key);
      signature.update(manifest);
      String text = Base64.getEncoder().encodeToString(signature.sign()) + "\n";
      Files.writeString(directory.resolve(BundleFiles.SIGNATURE), text);
    } catch (GeneralSecurityException e) {
      throw new IOException("the manifest cannot be signed", e);
    }
  }

  /**
   * Verifies that one of the keys signed the manifest with this hash.
   *
   * @throws IllegalArgumentException when none did
   */
  static void verify(Path directory, String manifestSha256, List<PublicKey> trusted)
      throws IOException {
    byte[] manifest = VerifiedFiles.manifest(directory, manifestSha256);
    Optional<byte[]> found = VerifiedFiles.signature(directory);
    check(found.isPresent(), "is not signed, expected %s", BundleFiles.SIGNATURE);
    byte[] signature = decoded(found.orElseThrow());
    check(
        trusted.stream().anyMatch(key -> signed(manifest, signature, key)),
        "is signed by none of the %d keys of bundles.trusted.keys",
        trusted.size());
  }

  private static byte[] decoded(byte[] base64) {
    try {
      return Base64.getDecoder().decode(new String(base64, StandardCharsets.US_ASCII).strip());
    } catch (IllegalArgumentException e) {
      return new byte[0]; // which no key has signed with
    }
  }

  private static boolean signed(byte[] manifest, byte[] signature, PublicKey key) {
    try {
      Signature verifier = Signature.getInstance(ALGORITHM);
      verifier.initVerify(key);
      verifier.update(manifest);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // of another length, or no signature at all
    }
  }
}
