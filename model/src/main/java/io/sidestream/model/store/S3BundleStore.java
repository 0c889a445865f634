package io.sidestream.model.store;

import io.sidestream.model.bundle.BundleException;
import io.sidestream.model.bundle.BundleFiles;
import io.sidestream.model.bundle.BundleNotFoundException;
import io.sidestream.model.bundle.BundleReader;
import io.sidestream.model.bundle.BundleWriter;
import io.sidestream.model.resources.Hashes;
import io.sidestream.schemas.Generation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Bundles in a bucket of an S3-compatible server, with copies on this machine. */
final class S3BundleStore implements BundleStore {
  /*
   * An object store has no rename. A bundle exists when its manifest does: the manifest is written
   * last, with the hash of every other file in it, and deleted first. Objects without one are what
   * a crash left; the next upload of that generation deletes them, and no process reads them.
   */
  private final S3Objects objects;
  private final BundleCache cache;
  private final Path staging;

  private S3BundleStore(S3Objects objects, BundleCache cache, Path staging) {
    this.objects = objects;
    this.cache = cache;
    this.staging = staging;
  }

  static S3BundleStore open(BundleStoreConfig config) {
    Path local = Path.of(config.cache());
    return new S3BundleStore(
        S3Objects.of(config),
        new BundleCache(local.resolve("copies"), config.copies(), Clock.systemUTC()),
        local.resolve("staging"));
  }

  @Override
  public Path staging() {
    return staging;
  }

  @Override
  public void publish(BundleWriter sealed) throws IOException {
    Generation generation = sealed.generation();
    Optional<byte[]> existing = objects.read(manifest(generation));
    if (existing.isPresent() && Hashes.sha256(existing.get()).equals(sealed.manifestSha256())) {
      return; // an attempt whose answer was lost
    }
    if (existing.isPresent()) {
      throw new BundleException(
          generation,
          location()
              + "/"
              + generation.directoryName()
              + " exists already, expected a new generation");
    }
    objects.deleteAll(folder(generation));
    for (String file : BundleReader.verify(sealed.directory(), sealed.manifestSha256())) {
      objects.upload(sealed.directory().resolve(file), folder(generation) + file);
    }
    Path signature = sealed.directory().resolve(BundleFiles.SIGNATURE);
    if (Files.exists(signature)) {
      objects.upload(signature, folder(generation) + BundleFiles.SIGNATURE);
    }
    objects.upload(sealed.directory().resolve(BundleFiles.MANIFEST), manifest(generation));
  }

  @Override
  public Path fetch(Generation generation, String manifestSha256) throws IOException {
    return cache.fetch(
        generation, manifestSha256, directory -> download(generation, manifestSha256, directory));
  }

  private void download(Generation generation, String manifestSha256, Path directory)
      throws IOException {
    if (!objects.download(manifest(generation), directory.resolve(BundleFiles.MANIFEST))) {
      throw new BundleNotFoundException(generation, "not found in " + location());
    }
    Set<String> files = BundleReader.files(directory, manifestSha256); // none is outside of it
    Path signature = directory.resolve(BundleFiles.SIGNATURE);
    objects.download(folder(generation) + BundleFiles.SIGNATURE, signature); // where there is one
    for (String file : files) {
      if (!objects.download(folder(generation) + file, directory.resolve(file))) {
        throw new BundleNotFoundException(generation, file + " not found in " + location());
      }
    }
  }

  @Override
  public boolean discard(Generation generation, String manifestSha256) throws IOException {
    return cache.discard(generation, manifestSha256);
  }

  @Override
  public List<Generation> generations() throws IOException {
    String end = "/" + BundleFiles.MANIFEST;
    return objects.list("").stream()
        .filter(key -> key.endsWith(end))
        .map(key -> key.substring(0, key.length() - end.length()))
        .flatMap(name -> BundleNames.generation(name).stream())
        .sorted()
        .toList();
  }

  @Override
  public void delete(Generation generation) throws IOException {
    objects.delete(manifest(generation));
    objects.deleteAll(folder(generation));
  }

  private static String folder(Generation generation) {
    return generation.directoryName() + "/";
  }

  private static String manifest(Generation generation) {
    return folder(generation) + BundleFiles.MANIFEST;
  }

  @Override
  public String location() {
    return objects.location();
  }

  @Override
  public void close() {
    objects.close();
  }
}
