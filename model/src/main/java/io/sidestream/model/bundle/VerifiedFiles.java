package io.sidestream.model.bundle;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.resources.Hashes;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ReasonText;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A manifest whose files have its hashes, and are all that its directory holds: plain files, no
 * links or devices.
 *
 * @param sha256 of the manifest
 */
record VerifiedFiles(Manifest manifest, String sha256) {
  /** Longest manifest that is read: 16 MiB. */
  static final long MAX_MANIFEST = 1 << 24;

  private static final Pattern DIRECTORY =
      Pattern.compile("\\.?generation-(\\d{1,18})(\\.[a-z0-9]+)*");

  static VerifiedFiles of(
      Path directory, Optional<Generation> announced, Optional<String> manifestSha256)
      throws IOException {
    byte[] json =
        manifestSha256.isPresent()
            ? manifest(directory, manifestSha256.get())
            : manifest(directory);
    Manifest manifest = ManifestJson.read(json);
    String inside = manifest.generation().toString();
    check(
        announced
            .map(Generation::toString)
            .or(() -> generation(directory))
            .orElse(inside)
            .equals(inside),
        "%s is of generation %s",
        BundleFiles.MANIFEST,
        inside);
    checkFiles(directory, manifest);
    return new VerifiedFiles(manifest, Hashes.sha256(json));
  }

  /** The manifest's bytes. */
  static byte[] manifest(Path directory) throws IOException {
    Path file = directory.resolve(BundleFiles.MANIFEST);
    checkPlain(file);
    long bytes = reading(file, () -> Files.size(file));
    check(
        bytes <= MAX_MANIFEST,
        "%s has %d bytes, at most %d are allowed",
        BundleFiles.MANIFEST,
        bytes,
        MAX_MANIFEST);
    return reading(file, () -> Files.readAllBytes(file));
  }

  /** The manifest's bytes, which must have this hash. */
  static byte[] manifest(Path directory, String sha256) throws IOException {
    byte[] json = manifest(directory);
    String found = Hashes.sha256(json);
    check(
        found.equals(sha256), "%s has sha256 %s, expected %s", BundleFiles.MANIFEST, found, sha256);
    return json;
  }

  /** The bytes of the manifest's signature; empty where there is none. */
  static Optional<byte[]> signature(Path directory) throws IOException {
    Path file = directory.resolve(BundleFiles.SIGNATURE);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    checkPlain(file);
    long bytes = reading(file, () -> Files.size(file));
    check(
        bytes <= ManifestSignature.MAX_BYTES,
        "%s has %d bytes, at most %d are allowed",
        BundleFiles.SIGNATURE,
        bytes,
        ManifestSignature.MAX_BYTES);
    return Optional.of(reading(file, () -> Files.readAllBytes(file)));
  }

  /** The generation in a directory's name, or the name where it holds none. */
  static String label(Path directory) {
    return generation(directory).orElse(name(directory));
  }

  private static String name(Path directory) {
    return directory.toAbsolutePath().normalize().getFileName().toString();
  }

  private static Optional<String> generation(Path directory) {
    Matcher matcher = DIRECTORY.matcher(name(directory));
    return matcher.matches()
        ? Optional.of(Long.toString(Long.parseLong(matcher.group(1))))
        : Optional.empty();
  }

  /** The files that the manifest names, which are those of a bundle. */
  static Set<String> named(Manifest manifest) {
    Set<String> names = manifest.files().keySet();
    check(
        BundleFiles.areContent(names),
        "manifest names files %s, expected %s",
        names,
        new TreeSet<>(BundleFiles.CONTENT));
    return names;
  }

  private static void checkFiles(Path directory, Manifest manifest) throws IOException {
    Set<String> others = names(directory);
    others.removeAll(named(manifest));
    others.remove(BundleFiles.MANIFEST);
    if (signature(directory).isPresent()) {
      others.remove(BundleFiles.SIGNATURE);
    }
    check(others.isEmpty(), "holds %s, which the manifest does not name", others);
    for (Map.Entry<String, Manifest.FileEntry> file : manifest.files().entrySet()) {
      Path path = directory.resolve(file.getKey());
      checkPlain(path);
      long bytes = reading(path, () -> Files.size(path));
      check(
          bytes == file.getValue().bytes(),
          "%s has %d bytes, expected %d",
          file.getKey(),
          bytes,
          file.getValue().bytes());
      String sha256 = reading(path, () -> Hashes.sha256(path));
      check(
          sha256.equals(file.getValue().sha256()),
          "%s has sha256 %s, expected %s",
          file.getKey(),
          sha256,
          file.getValue().sha256());
    }
  }

  private static Set<String> names(Path directory) throws IOException {
    return reading(
        directory,
        () -> {
          try (Stream<Path> all = Files.list(directory)) {
            return all.map(path -> path.getFileName().toString())
                .collect(Collectors.toCollection(TreeSet::new));
          }
        });
  }

  private static void checkPlain(Path file) throws FileSystemException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new NoSuchFileException(file.toString());
    }
    check(
        Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS),
        "%s is a link, directory or device, expected a file",
        file.getFileName());
  }

  /** A read of a file. */
  interface Reading<T> {
    T read() throws IOException;
  }

  /** Marks failures to read a file, which may pass, apart from mistakes in what was read. */
  static <T> T reading(Path file, Reading<T> reading) throws FileSystemException {
    try {
      return reading.read();
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      FileSystemException unread = new FileSystemException(file.toString(), null, ReasonText.of(e));
      unread.initCause(e);
      throw unread;
    }
  }
}
