package io.sidestream.model.store;

import io.sidestream.model.bundle.BundleReader;
import io.sidestream.model.resources.DirectoryTree;
import io.sidestream.schemas.Generation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Local copies of bundles, each in {@code generation-000012.<hash>}. The processes of a machine may
 * share one: a process that changes it holds its lock.
 */
final class BundleCache {
  /*
   * A copy is downloaded into a directory whose name begins with a dot, verified, and renamed: what
   * has a copy's name is complete. The lock is held from the look for a copy until it is there, so
   * that each bundle is downloaded once, and directories with a dot are leftovers of a crash for
   * the holder of the lock. The copies used least recently are removed. One that is being opened
   * may be among them only if as many others were used after it; then opening fails on a missing
   * file, and is tried again.
   */
  private static final int HASH_DIGITS = 16;

  /** Downloads a bundle's files into a directory. */
  @FunctionalInterface
  interface Download {
    void into(Path directory) throws IOException;
  }

  private final Path directory;
  private final int copies;
  private final Clock clock;

  BundleCache(Path directory, int copies, Clock clock) {
    this.directory = directory;
    this.copies = copies;
    this.clock = clock;
  }

  Path fetch(Generation generation, String manifestSha256, Download download) throws IOException {
    return CacheLock.holding(
        directory,
        () -> {
          deleteLeftovers();
          Path copy = copy(generation, manifestSha256);
          if (!Files.isDirectory(copy)) {
            download(copy, manifestSha256, download);
          }
          Files.setLastModifiedTime(copy, FileTime.from(clock.instant()));
          evict(copy);
          return copy;
        });
  }

  private void download(Path copy, String manifestSha256, Download download) throws IOException {
    Path fetching = copy.resolveSibling("." + copy.getFileName() + ".fetching");
    Files.createDirectories(fetching);
    try {
      download.into(fetching);
      BundleReader.verify(fetching, manifestSha256);
      Files.move(fetching, copy, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      DirectoryTree.delete(fetching);
    }
  }

  boolean discard(Generation generation, String manifestSha256) throws IOException {
    return CacheLock.holding(
        directory,
        () -> {
          Path copy = copy(generation, manifestSha256);
          boolean exists = Files.exists(copy, LinkOption.NOFOLLOW_LINKS);
          DirectoryTree.remove(copy);
          return exists;
        });
  }

  private Path copy(Generation generation, String manifestSha256) {
    return directory.resolve(
        generation.directoryName() + "." + manifestSha256.substring(0, HASH_DIGITS));
  }

  private void deleteLeftovers() throws IOException {
    for (Path entry : entries(".generation-")) {
      DirectoryTree.delete(entry);
    }
  }

  private void evict(Path used) throws IOException {
    List<Path> others = new ArrayList<>(entries("generation-"));
    others.remove(used);
    others.sort(Comparator.comparing(BundleCache::lastUse).reversed());
    for (Path copy : others.subList(Math.min(copies - 1, others.size()), others.size())) {
      DirectoryTree.remove(copy);
    }
  }

  private static FileTime lastUse(Path copy) {
    try {
      return Files.getLastModifiedTime(copy);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  private List<Path> entries(String prefix) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(path -> path.getFileName().toString().startsWith(prefix)).toList();
    }
  }
}
