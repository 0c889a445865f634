package io.sidestream.ingest.job;

import java.lang.management.ManagementFactory;
import java.util.List;

/** The packages that this JVM opens, which Flink's processes open too. */
final class Opens {
  private Opens() {}

  static List<String> ofThisProcess() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .toList();
  }
}
