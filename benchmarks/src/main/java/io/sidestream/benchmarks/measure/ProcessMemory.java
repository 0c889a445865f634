package io.sidestream.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Memory of a process, native memory included. */
public final class ProcessMemory {
  private static final double KIB_A_MIB = 1 << 10;

  private ProcessMemory() {}

  /** The most that was resident at once; unit: MiB; 0 where the system has no {@code /proc}. */
  public static double peakMib(long process) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process), "status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIB_A_MIB)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
