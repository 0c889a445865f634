package io.sidestream.benchmarks.measure;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The class path of a process that is measured. Two builds of RocksDB have the same class names:
 * that of the index, and Flink's, whose checkpoints fail with the classes of the other one.
 */
public final class ClassPath {
  private static final String OF_INDEX = "rocksdbjni-";
  private static final String OF_FLINK = "frocksdbjni-";

  private ClassPath() {}

  /** Of this process, without Flink's build of RocksDB. */
  public static String ofIndex() {
    return without(OF_FLINK);
  }

  /** Of this process, without the index's build of RocksDB. */
  public static String ofFlink() {
    return without(OF_INDEX);
  }

  private static String without(String jar) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !String.valueOf(Path.of(entry).getFileName()).startsWith(jar))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
