package io.sidestream.cli.standalone;

import java.nio.file.Path;
import java.util.Map;

/**
 * Layout of a work directory.
 *
 * @param root absolute
 */
public record WorkPaths(Path root) {
  public WorkPaths {
    root = root.toAbsolutePath().normalize();
  }

  /** The broker's logs. */
  public Path broker() {
    return root.resolve("broker");
  }

  /** Bundles, a directory for each catalogue. */
  public Path generations() {
    return root.resolve("generations");
  }

  /** The index in RocksDB, and the state of its streams. */
  public Path index() {
    return root.resolve("index");
  }

  /** Flink's checkpoints. */
  public Path checkpoints() {
    return root.resolve("checkpoints");
  }

  /** The trainer's cache. */
  public Path trainer() {
    return root.resolve("trainer");
  }

  /** The logs of the processes. */
  public Path logs() {
    return root.resolve("logs");
  }

  /** The applications' settings that follow from these paths. */
  public Map<String, String> settings() {
    return Map.of(
        "bundles.store", generations().toString(),
        "bundles.cache.dir", root.resolve("bundles").toString(),
        "index.dir", index().toString(),
        "ingest.checkpoint.dir", checkpoints().toString(),
        "trainer.dir", trainer().toString());
  }
}
