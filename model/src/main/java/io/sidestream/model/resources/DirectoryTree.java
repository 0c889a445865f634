package io.sidestream.model.resources;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/** A directory with everything in it, of which others may delete files at the same time. */
public final class DirectoryTree {
  private DirectoryTree() {}

  /** Deletes a directory, deepest first; nothing happens when there is none. */
  public static void delete(Path directory) throws IOException {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new Visitor() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes read) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            FileVisitResult next = super.postVisitDirectory(visited, failure);
            Files.deleteIfExists(visited);
            return next;
          }
        });
  }

  /** Bytes of all files in a directory, 0 where it or a file of it was deleted meanwhile. */
  public static long bytes(Path directory) throws IOException {
    long[] sum = new long[1];
    Files.walkFileTree(
        directory,
        new Visitor() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes read) {
            sum[0] += read.isRegularFile() ? read.size() : 0;
            return FileVisitResult.CONTINUE;
          }
        });
    return sum[0];
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

  /** Goes on where a file was deleted between its directory's listing and the look at it. */
  private static class Visitor extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path visited, IOException failure)
        throws IOException {
      if (failure != null && !(failure instanceof NoSuchFileException)) {
        throw failure;
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
