package io.sidestream.model.resources;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory with everything in it. */
public final class DirectoryTree {
  private DirectoryTree() {}

  /** Deletes a directory, deepest first; nothing happens when there is none. */
  public static void delete(Path directory) throws IOException {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(directory)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }

  /**
   * Deletes a directory after it is renamed, so that no process finds a part of it; what a crash
   * leaves has a name that begins with a dot, and is deleted with the next directory of that name.
   */
  public static void remove(Path directory) throws IOException {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Path removed = directory.resolveSibling("." + directory.getFileName() + ".removed");
    delete(removed);
    Files.move(directory, removed, StandardCopyOption.ATOMIC_MOVE);
    delete(removed);
  }
}
