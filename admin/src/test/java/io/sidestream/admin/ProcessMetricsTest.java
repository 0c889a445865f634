package io.sidestream.admin;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ProcessMetricsTest {
  @Test
  void scrape_ofEveryProcess_hasJvmProcessLogsAndVersion() {
    try (ProcessMetrics metrics = new ProcessMetrics()) {
      String page = metrics.scrape();
      for (String name :
          new String[] {
            "jvm_memory_used_bytes{",
            "jvm_gc_",
            "jvm_threads_live_threads",
            "process_cpu_usage",
            "process_files_open_files",
            "process_uptime_seconds",
            "logback_events_total{level=\"error\"",
            "sidestream_build_info{"
          }) {
        assertTrue(page.contains(name), name + " is missing in " + page);
      }
      assertTrue(page.contains("version=\"" + ProcessMetrics.version() + "\""), page);
    }
  }

  @Test
  void version_isThatOfTheBuild() {
    assertFalse(ProcessMetrics.version().contains("$"), ProcessMetrics.version());
  }

  /** Ingest, trainer and index share a JVM in the standalone system. */
  @Test
  void processes_ofOneJvm_haveMetricsOfTheirOwn() {
    try (ProcessMetrics one = new ProcessMetrics();
        ProcessMetrics other = new ProcessMetrics()) {
      one.registry().counter("sidestream.of.one").increment();
      assertTrue(one.scrape().contains("sidestream_of_one_total 1.0"));
      assertFalse(other.scrape().contains("sidestream_of_one"));
    }
  }
}
