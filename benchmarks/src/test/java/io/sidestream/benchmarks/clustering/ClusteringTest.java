package io.sidestream.benchmarks.clustering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusteringTest {
  @TempDir private Path directory;

  @Test
  void run_fewPoints_writesWhatThePeerReadsAndMeasures() throws Exception {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    ClusteringOptions options =
        ClusteringOptions.parse(
            "points=400",
            "dimensions=16",
            "width=8",
            "load=2",
            "rounds=1",
            "directory=" + directory);

    new Clustering(options, new PrintStream(written, true, StandardCharsets.UTF_8)).run();

    JsonNode line = new ObjectMapper().readTree(written.toString(StandardCharsets.UTF_8));
    assertTrue(line.get("error").asDouble() > 0 && line.get("error").asDouble() < 0.8);
    assertTrue(line.get("cpu_s").asDouble() > 0);
    assertEquals(400L * 16 * Float.BYTES, Files.size(directory.resolve("points.f32")));
  }
}
