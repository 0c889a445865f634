package io.sidestream.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In processes of their own: the log belongs to a whole process. */
class LogsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LIMIT_SECONDS = 60;

  @TempDir Path directory;

  @Test
  void format_json_isOneObjectPerLineAndNothingElse() throws Exception {
    List<String> lines = stdout(List.of("-Dsidestream.log.format=json"));
    assertFalse(lines.isEmpty());
    for (String line : lines) {
      JsonNode event = JSON.readTree(line);
      OffsetDateTime.parse(event.get("timestamp").asText());
      for (String key : List.of("level", "logger", "thread", "message")) {
        assertTrue(event.hasNonNull(key), line);
      }
    }
    assertTrue(lines.stream().anyMatch(line -> line.contains("\"stack_trace\"")), "" + lines);
    assertFalse(Files.exists(directory.resolve("work/logs")));
  }

  @Test
  void format_text_isOnStdout() throws Exception {
    List<String> lines = stdout(List.of("-Dsidestream.log.format=text"));
    assertTrue(lines.get(0).matches("\\d{4}-\\d\\d-\\d\\dT.*(INFO|WARN|ERROR) .*"), lines.get(0));
  }

  @Test
  void format_default_isAFile() throws Exception {
    stdout(List.of());
    assertTrue(Files.size(directory.resolve("work/logs/index.log")) > 0);
  }

  @Test
  void configuration_ofTheUser_countsAlone() throws Exception {
    Path own = directory.resolve("own.xml");
    Files.writeString(
        own,
        """
        <configuration>
          <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
            <encoder><pattern>own %level %message%n%nopex</pattern></encoder>
          </appender>
          <root level="INFO"><appender-ref ref="out"/></root>
        </configuration>
        """);
    List<String> lines =
        stdout(List.of("-Dlogback.configurationFile=" + own, "-Dsidestream.log.format=json"));
    assertTrue(lines.stream().anyMatch(line -> line.startsWith("own ")), "" + lines);
    assertTrue(lines.stream().noneMatch(line -> line.startsWith("{")), "" + lines);
  }

  /** What {@link LogsFixture} prints. */
  private List<String> stdout(List<String> options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1"); // it lives for a second
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.addAll(options);
    command.add(LogsFixture.class.getName());
    command.add(directory.resolve("work").toString());
    Path stdout = directory.resolve("stdout");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(stdout.toFile())
            .redirectError(directory.resolve("stderr").toFile())
            .start();
    try {
      assertTrue(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS));
      assertEquals(0, process.exitValue(), Files.readString(directory.resolve("stderr")));
    } finally {
      process.destroyForcibly();
    }
    return Files.readAllLines(stdout, StandardCharsets.UTF_8);
  }
}
