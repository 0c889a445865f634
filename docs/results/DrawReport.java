import io.sidestream.report.Findings;
import io.sidestream.report.ReportHtml;
import io.sidestream.report.ResultsJson;
import io.sidestream.report.Setup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Draws report.html from a folder of results: {@code java -cp 'cli/target/lib/*' DrawReport.java
 * FOLDER FILE}.
 */
final class DrawReport {
  public static void main(String[] args) throws IOException {
    List<Findings> findings = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(args[0]))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        findings.add(ResultsJson.read(Files.readAllBytes(file)));
      }
    }
    Setup setup =
        new Setup(
            "Joint generative search and recommendation: experiments",
            args[0], "see README.md", "1", Map.of(), "see README.md", "-", Instant.now(), Map.of());
    Files.writeString(Path.of(args[1]), ReportHtml.page(setup, findings));
  }
}
