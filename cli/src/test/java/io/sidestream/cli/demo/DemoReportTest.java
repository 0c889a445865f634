package io.sidestream.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sidestream.cli.check.RequestCount;
import io.sidestream.schemas.Generation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoReportTest {
  private static final String EXPECTED =
      """
      {"search": {"id_recall@30": 0.5, "recall@30": 0.4, "popularity@30": 0.1, "random@30": 0.03},
       "recommendation":
           {"id_recall@30": 0.6, "recall@30": 0.3, "popularity@30": 0.2, "random@30": null},
       "freshness_ms": {"item": 420, "interaction": 37},
       "swap": {"requests": 100, "failed": 0, "mixed": 0},
       "seconds": {"produce": 1.25},
       "generation": 1}
      """;

  @Test
  void write_measuredDemo_isTheDocumentedObject(@TempDir Path folder) throws Exception {
    DemoReport report = new DemoReport();
    report.metrics(
        Map.of(
            "search.id_recall@30", 0.5,
            "search.recall@30", 0.4,
            "search.popularity@30", 0.1,
            "search.random@30", 0.03,
            "recommendation.id_recall@30", 0.6,
            "recommendation.recall@30", 0.3,
            "recommendation.popularity@30", 0.2,
            "recommendation.something_else", 0.9));
    report.freshness("item", Duration.ofMillis(420));
    report.freshness("interaction", Duration.ofMillis(37));
    report.swap(new RequestCount(100, 0, 0));
    report.seconds("produce", Duration.ofMillis(1_250));
    report.seconds("produce", Duration.ofMillis(9_999));
    report.generation(new Generation(1));
    Path file = folder.resolve("out/report.json");

    report.write(file);

    ObjectMapper mapper = new ObjectMapper();
    assertEquals(mapper.readTree(EXPECTED), mapper.readTree(file.toFile()));
  }
}
