package io.sidestream.benchmarks.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairCountingTest {
  @Test
  void run_sidesOfOneKindEach_countTheSame(@TempDir Path directory) throws Exception {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    new PairCounting(
            new PrintStream(written, true, StandardCharsets.UTF_8),
            "sides=loop,kafka-once,job,job-on-disk",
            "events=600",
            "users=10",
            "items=50",
            "interval=200",
            "heap=512m",
            "directory=" + directory)
        .run();

    List<JsonNode> lines = new ArrayList<>();
    for (String line : written.toString(StandardCharsets.UTF_8).lines().toList()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    assertEquals(
        List.of("loop", "kafka-once", "job", "job-on-disk"),
        lines.subList(0, 4).stream().map(line -> line.get("side").asText()).toList());
    for (JsonNode line : lines.subList(0, 4)) {
      assertTrue(line.get("totals_equal").asBoolean(), line.toString());
      assertTrue(line.get("cpu_s").asDouble() >= line.get("own_cpu_s").asDouble());
    }
    assertEquals("kafka-once", lines.get(5).get("peer").asText());
    assertEquals(8, lines.size());
  }

  @Test
  void run_sideThatCommitsNothingInTime_fails(@TempDir Path directory) {
    PairCounting hasty =
        new PairCounting(
            System.out,
            "sides=kafka",
            "events=600",
            "users=10",
            "items=50",
            "timeout=0",
            "directory=" + directory);
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, hasty::run);
    assertTrue(e.getMessage().startsWith("kafka committed nothing for 0 s, 0 of "), e.getMessage());
  }

  @Test
  void parse_unknownOptionOrShortIds_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> PairOptions.parse("colour=red"));
    assertThrows(
        IllegalArgumentException.class,
        () -> PairOptions.parse("items=1000", "ids=2").pairEvents());
  }
}
