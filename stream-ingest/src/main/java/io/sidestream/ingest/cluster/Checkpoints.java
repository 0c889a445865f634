package io.sidestream.ingest.cluster;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
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

  /**
   * The newest complete checkpoint or savepoint within the directories of one job.
   *
   * @throws IOException where a directory or file cannot be read, or where there are checkpoints
   *     and all are damaged: the job would begin again as if there had been none
   */
  static Optional<Path> newest(Collection<Path> directories) throws IOException {
    List<Numbered> found = new ArrayList<>();
    List<Path> damaged = new ArrayList<>();
    for (Path directory : directories) {
      for (Path child : directories(directory)) {
        add(child, found, damaged);
        for (Path grandchild : directories(child)) {
          add(grandchild, found, damaged);
        }
      }
    }
    if (found.isEmpty() && !damaged.isEmpty()) {
      throw new IOException(
          "no checkpoint can be restored, move them away to begin without: " + damaged);
    }
    return found.stream().max(Comparator.comparingLong(Numbered::number)).map(Numbered::path);
  }

  private static void add(Path checkpoint, List<Numbered> found, List<Path> damaged)
      throws IOException {
    Path metadata = new Path(checkpoint, METADATA);
    FileSystem files = metadata.getFileSystem();
    if (!files.exists(metadata)) {
      return;
    }
    byte[] bytes;
    try (InputStream in = files.open(metadata)) {
      bytes = in.readAllBytes();
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      found.add(
          new Numbered(
              checkpoint,
              org.apache.flink.runtime.checkpoint.Checkpoints.loadCheckpointMetadata(
                      in, Checkpoints.class.getClassLoader(), checkpoint.toString())
                  .getCheckpointId()));
    } catch (IOException e) {
      LOG.warn("checkpoint {} is damaged, and is skipped", checkpoint, e);
      damaged.add(checkpoint);
    }
  }

  private static List<Path> directories(Path parent) throws IOException {
    FileSystem files = parent.getFileSystem();
    if (!files.exists(parent)) {
      return List.of();
    }
    FileStatus[] children = files.listStatus(parent); // null: a local one may not be listed
    if (children == null) {
      throw new IOException(parent + " cannot be listed, expected a directory that may be read");
    }
    List<Path> directories = new ArrayList<>();
    for (FileStatus status : children) {
      if (status.isDir()) {
        directories.add(status.getPath());
      }
    }
    return directories;
  }

  /** A complete checkpoint and its number. */
  private record Numbered(Path path, long number) {}
}
