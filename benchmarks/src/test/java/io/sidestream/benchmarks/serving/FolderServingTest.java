package io.sidestream.benchmarks.serving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderServingTest {
  @TempDir Path directory;

  @Test
  void run_tinyFolder_goesFromReadingToAnAnswer() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new FolderServing(new PrintStream(out, true, UTF_8))
        .run(Path.of("../learning/src/test/resources/golden/huggingface/t5-gated"), 1, directory);
    String lines = out.toString(UTF_8);
    assertTrue(lines.contains("\"measured\":\"train 1 steps of 8\""), lines);
    assertTrue(lines.contains("median_cpu_ms"), lines);
  }
}
