package io.sidestream.benchmarks.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratorServingTest {
  @Test
  void run_tinyShape_writesLinesOfJsonAndTheWorkOfAPeer(@TempDir Path directory) throws Exception {
    Options options =
        Options.parse(
            "shape=tiny",
            "threads=1",
            "seconds=0.01",
            "prompts=1,3",
            "beams=5",
            "tokens=8",
            "parity=4",
            "directory=" + directory);
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    new GeneratorServing(options, new PrintStream(written, true, StandardCharsets.UTF_8)).run();

    List<JsonNode> lines = new ArrayList<>();
    for (String line : written.toString(StandardCharsets.UTF_8).lines().toList()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    assertEquals(
        List.of("write", "open", "first call", "parity", "parity", "serving", "serving"),
        lines.stream().map(line -> line.get("what").asText()).toList());
    lines.stream()
        .filter(line -> line.get("what").asText().equals("parity"))
        .forEach(line -> assertEquals(4, line.get("equal_order").asInt(), line.toString()));
    JsonNode last = lines.get(6);
    assertEquals(3, last.get("prompts").asInt());
    assertTrue(last.get("p50_ms").asDouble() > 0, last.toString());
    assertTrue(last.get("requests_per_second").asDouble() > 0, last.toString());
    for (String file : List.of("weights", "work", "answers")) {
      assertTrue(Files.exists(directory.resolve(file + ".safetensors")), file);
    }
  }

  @Test
  void parse_unknownOptionOrShape_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> Options.parse("colour=red"));
    assertThrows(IllegalArgumentException.class, () -> Options.parse("shape=huge"));
  }
}
