package io.sidestream.chaos;

import java.util.HashMap;
import java.util.Map;

/** Settings of processes that train on a small sample within seconds. */
public final class SmallTraining {
  /** The gate accepts every generation. */
  public static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("index.admin.port", "0"),
          Map.entry("ingest.admin.port", "0"),
          Map.entry("trainer.admin.port", "0"),
          Map.entry("ingest.checkpoint.interval", "1s"),
          Map.entry("trainer.text.max.tokens", "32"),
          Map.entry("trainer.collaborative.dimensions", "8"),
          Map.entry("trainer.encoder.dimensions", "32"),
          Map.entry("trainer.encoder.steps", "40"),
          Map.entry("trainer.encoder.batch.size", "32"),
          Map.entry("trainer.codebook.width", "16"),
          Map.entry("trainer.codebook.iterations", "5"),
          Map.entry("trainer.examples.sentences.per.item", "1"),
          Map.entry("trainer.examples.histories", "800"),
          Map.entry("trainer.generator.dimensions", "32"),
          Map.entry("trainer.generator.layers", "1"),
          Map.entry("trainer.generator.heads", "2"),
          Map.entry("trainer.generator.feed.forward.dimensions", "64"),
          Map.entry("trainer.generator.max.tokens", "16"),
          Map.entry("trainer.generator.epochs", "1"),
          Map.entry("trainer.generator.max.steps", "40"),
          Map.entry("trainer.generator.sequence.dimensions", "16"),
          Map.entry("trainer.generator.sequence.layers", "1"),
          Map.entry("trainer.generator.sequence.heads", "2"),
          Map.entry("trainer.generator.sequence.feed.forward.dimensions", "32"),
          Map.entry("trainer.generator.sequence.max.positions", "16"),
          Map.entry("trainer.generator.sequence.epochs", "2"),
          Map.entry("trainer.generator.sequence.max.steps", "40"),
          Map.entry("trainer.test.users", "40"),
          Map.entry("trainer.validation.users", "40"),
          Map.entry("trainer.test.searches", "30"),
          Map.entry("trainer.validation.searches", "20"),
          Map.entry("trainer.gate.search.min.recall", "0"),
          Map.entry("trainer.gate.recommendation.min.recall", "0"),
          Map.entry("trainer.gate.margin", "1"),
          Map.entry("trainer.gate.min.lift", "0"));

  private SmallTraining() {}

  /** With a training that is requested when that many events have come, and for no other reason. */
  public static Map<String, String> requestedAfter(int events) {
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.put("ingest.trigger.events", Integer.toString(events));
    settings.put("ingest.trigger.commit.grace.period", "3s");
    settings.put("ingest.trigger.uncoded.share", "0");
    settings.put("ingest.trigger.age", "0s");
    return settings;
  }
}
