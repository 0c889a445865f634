package io.sidestream.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.cli.check.RequestCount;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.UserErrorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Measurements of the demo, written as JSON. Thread-safe. */
public final class DemoReport {
  /** The reported metrics of each task, by their names in an announcement. */
  static final String[] FIGURES = {"id_recall@30", "recall@30", "popularity@30", "random@30"};

  private final Map<String, Double> metrics = new LinkedHashMap<>();
  private final Map<String, Long> freshness = new LinkedHashMap<>();
  private final Map<String, Duration> seconds = new LinkedHashMap<>();
  private Optional<RequestCount> swap = Optional.empty();
  private Optional<Generation> generation = Optional.empty();

  synchronized void metrics(Map<String, Double> measured) {
    metrics.putAll(measured);
  }

  synchronized void freshness(String what, Duration took) {
    freshness.put(what, took.toMillis());
  }

  /** Keeps the first time of a stage: a later training reports its own. */
  public synchronized void seconds(String stage, Duration took) {
    seconds.putIfAbsent(stage, took);
  }

  synchronized void swap(RequestCount count) {
    swap = Optional.of(count);
  }

  synchronized void generation(Generation serving) {
    generation = Optional.of(serving);
  }

  /** Writes the report as one JSON object. */
  public void write(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      Files.writeString(file, json() + System.lineSeparator());
    } catch (IOException e) {
      throw new UserErrorException(e, "report " + file + " cannot be written: " + ReasonText.of(e));
    }
  }

  synchronized String json() throws IOException {
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    ObjectNode report = mapper.createObjectNode();
    for (String task : new String[] {"search", "recommendation"}) {
      ObjectNode figures = report.putObject(task);
      for (String figure : FIGURES) {
        figures.put(figure, metrics.get(task + "." + figure));
      }
    }
    ObjectNode fresh = report.putObject("freshness_ms");
    freshness.forEach(fresh::put);
    ObjectNode swapped = report.putObject("swap");
    swap.ifPresent(count -> count.writeTo(swapped));
    ObjectNode stages = report.putObject("seconds");
    seconds.forEach((stage, took) -> stages.put(stage, took.toMillis() / 1000.0));
    report.put("generation", generation.map(Generation::number).orElse(null));
    return mapper.writeValueAsString(report);
  }
}
