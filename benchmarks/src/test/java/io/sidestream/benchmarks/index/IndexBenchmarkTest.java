package io.sidestream.benchmarks.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexBenchmarkTest {
  @Test
  void run_smallCatalogues_writesALineOfEach(@TempDir Path directory) throws Exception {
    IndexOptions options =
        IndexOptions.parse(
            "items=300,700",
            "dimensions=16",
            "rounds=1",
            "calls=2",
            "explored=200",
            "share=1",
            "directory=" + directory);
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    new IndexBenchmark(options, new PrintStream(written, true, StandardCharsets.UTF_8)).run();
    List<String> lines = written.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals(2, lines.size());
    JsonNode last = new ObjectMapper().readTree(lines.get(1));
    assertEquals(700, last.get("items").asInt());
    assertEquals(2 * 30, last.get("recommended").asInt());
    for (String measure :
        List.of("change_cpu_ms", "search_scan_cpu_ms", "search_lists_cpu_ms", "popular_cpu_ms")) {
      assertTrue(last.get(measure).asDouble() > 0, last.toString());
    }
    assertEquals(1, last.get("history_lists_recall").asDouble());
    assertEquals(1, last.get("recommendation_recall").asDouble());
    assertTrue(last.get("lucene_search_200_recall").asDouble() > 0.9, last.toString());
  }

  @Test
  void corpus_sameSeed_isTheSame() {
    assertArrayEquals(
        new LargeCatalogue(8, 0.5, 3).corpus(50).vectors(),
        new LargeCatalogue(8, 0.5, 3).corpus(50).vectors());
  }

  @Test
  void parse_unknownOption_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> IndexOptions.parse("colour=red"));
  }
}
