package io.sidestream.benchmarks.measure;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The line of JSON of one measurement, which says on what machine and of which commit it is. */
public final class Measurement {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private Measurement() {}

  /** An object with machine and commit. */
  public static ObjectNode of(String benchmark) {
    Runtime runtime = Runtime.getRuntime();
    return JSON.createObjectNode()
        .put("benchmark", benchmark)
        .put("commit", System.getProperty("benchmarks.commit", "unknown"))
        .put("machine", processor() + ", " + runtime.availableProcessors() + " processors")
        .put("java", Runtime.version().toString());
  }

  /** An object that another process wrote. */
  public static ObjectNode read(String line) throws IOException {
    return (ObjectNode) JSON.readTree(line);
  }

  /** A number with the two decimals that a line has. */
  public static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(PROCESSORS)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
