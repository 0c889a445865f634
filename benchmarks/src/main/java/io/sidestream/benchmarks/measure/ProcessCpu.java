package io.sidestream.benchmarks.measure;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * CPU time of this process so far, of all its threads.
 *
 * @param all unit: seconds
 * @param compilerAndCollector the part that compiled code and collected garbage; unit: seconds; 0
 *     where the system has no {@code /proc}
 */
public record ProcessCpu(double all, double compilerAndCollector) {
  private static final Path THREADS = Path.of("/proc/self/task");
  private static final List<String> OF_THE_JVM = List.of("C1 ", "C2 ", "GC ", "G1 ");

  /** Clock ticks a second in {@code /proc}: fixed for user space on Linux. */
  private static final double TICKS = 100;

  private static final int USER_TICKS = 11; // fields after the name in parentheses
  private static final int SYSTEM_TICKS = 12;

  /** The time until now. */
  public static ProcessCpu now() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new ProcessCpu(system.getProcessCpuTime() / 1e9, ofTheJvm());
  }

  /** What was spent since. */
  public ProcessCpu since(ProcessCpu earlier) {
    return new ProcessCpu(all - earlier.all, compilerAndCollector - earlier.compilerAndCollector);
  }

  /** Without compiler and collector. */
  public double own() {
    return all - compilerAndCollector;
  }

  private static double ofTheJvm() {
    if (!Files.isDirectory(THREADS)) {
      return 0;
    }
    try (Stream<Path> threads = Files.list(THREADS)) {
      return threads.mapToDouble(ProcessCpu::ofAThreadOfTheJvm).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double ofAThreadOfTheJvm(Path thread) {
    String stat;
    try {
      stat = Files.readString(thread.resolve("stat"));
    } catch (NoSuchFileException e) {
      return 0; // it ended meanwhile
    } catch (IOException e) {
      return 0; // likewise, while it was read
    }
    String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    if (OF_THE_JVM.stream().noneMatch(name::startsWith)) {
      return 0;
    }
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", SYSTEM_TICKS + 2);
    return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS])) / TICKS;
  }
}
