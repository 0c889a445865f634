package io.sidestream.benchmarks.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeneratorTrainingBenchmarkTest {
  @Test
  void speed_tinyShape_writesOneLineOfJson() throws IOException {
    JsonNode line = run("speed", "cpu", "tiny", "4", "1", "2");
    assertEquals("speed", line.get("what").asText());
    assertEquals(2, line.get("steps").asInt());
    assertTrue(line.get("examples_per_second").asDouble() > 0, line.toString());
    assertTrue(line.get("loss").asDouble() > 0, line.toString());
  }

  @Test
  void parity_ofAProcessorWithItself_isExact() throws IOException {
    JsonNode line = run("parity", "cpu", "tiny", "4");
    assertEquals("parity", line.get("what").asText());
    assertEquals(0, line.get("largest_relative_difference").asDouble(), line.toString());
  }

  @Test
  void run_otherArguments_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> run("speed", "cpu", "tiny"));
    assertThrows(IllegalArgumentException.class, () -> run("speed", "cpu", "tiny", "4"));
  }

  private static JsonNode run(String... arguments) throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);
    new GeneratorTrainingBenchmark(out).run(List.of(arguments));
    List<String> lines = written.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals(1, lines.size());
    return new ObjectMapper().readTree(lines.get(0));
  }
}
