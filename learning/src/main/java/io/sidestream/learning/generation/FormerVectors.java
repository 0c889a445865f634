package io.sidestream.learning.generation;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** Caches of text vectors that trainings with former encoders, prompts or lengths left behind. */
public final class FormerVectors {
  /** That are kept, the one in use among them: settings may be put back, or alternate. */
  static final int KEPT = 3;

  private FormerVectors() {}

  /** Deletes all caches of a work folder, if it is there, but those that were written last. */
  public static void delete(Path work) throws IOException {
    if (!Files.isDirectory(work)) {
      return; // a folder's encoder that is fine-tuned keeps nothing
    }
    Map<Path, FileTime> written = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(work, "vectors-*.bin")) {
      for (Path file : files) {
        written.put(file, Files.getLastModifiedTime(file));
      }
    } catch (NoSuchFileException e) {
      return; // another trainer deletes
    }
    Comparator<Map.Entry<Path, FileTime>> newest =
        Map.Entry.<Path, FileTime>comparingByValue().reversed();
    for (var former : written.entrySet().stream().sorted(newest).skip(KEPT).toList()) {
      Files.deleteIfExists(former.getKey());
    }
  }
}
