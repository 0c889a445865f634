package io.sidestream.ingest.cluster;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the newest complete checkpoint or savepoint of one job on disk. */
final class Checkpoints {
  /*
   * Each start of a job gets a new Flink id, and with it its own directory:
   * <job>/<id>/chk-17/_metadata. A graceful stop leaves <job>/savepoint-.../_metadata. Flink writes
   * the metadata last, so a directory that has it is complete. One counter, which a restore
   * continues, numbers them all; the number is inside the metadata, and orders them where file
   * times cannot be trusted.
   */

  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final String METADATA = "_metadata";

  private Checkpoints() {}

  /** The newest complete checkpoint or savepoint within the directories of one job. */
  static Optional<Path> newest(Collection<Path> directories) throws IOException {
    List<Numbered> found = new ArrayList<>();
    for (Path directory : directories) {
      found.addAll(found(directory));
    }
    return found.stream().max(Comparator.comparingLong(Numbered::number)).map(Numbered::path);
  }

  private static List<Numbered> found(Path directory) throws IOException {
    List<Numbered> found = new ArrayList<>();
    for (Path child : directories(directory)) {
      number(child).ifPresent(number -> found.add(new Numbered(child, number)));
      for (Path grandchild : directories(child)) {
        number(grandchild).ifPresent(number -> found.add(new Numbered(grandchild, number)));
      }
    }
    return found;
  }

  private static Optional<Long> number(Path checkpoint) throws IOException {
    Path metadata = new Path(checkpoint, METADATA);
    FileSystem files = metadata.getFileSystem();
    if (!files.exists(metadata)) {
      return Optional.empty();
    }
    try (DataInputStream in = new DataInputStream(files.open(metadata))) {
      return Optional.of(
          org.apache.flink.runtime.checkpoint.Checkpoints.loadCheckpointMetadata(
                  in, Checkpoints.class.getClassLoader(), checkpoint.toString())
              .getCheckpointId());
    } catch (IOException e) {
      LOG.warn("checkpoint {} cannot be read, and is skipped", checkpoint, e);
      return Optional.empty();
    }
  }

  private static List<Path> directories(Path parent) throws IOException {
    FileSystem files = parent.getFileSystem();
    if (!files.exists(parent)) {
      return List.of();
    }
    List<Path> directories = new ArrayList<>();
    for (FileStatus status : files.listStatus(parent)) {
      if (status.isDir()) {
        directories.add(status.getPath());
      }
    }
    return directories;
  }

  /** A complete checkpoint and its number. */
  private record Numbered(Path path, long number) {}
}
