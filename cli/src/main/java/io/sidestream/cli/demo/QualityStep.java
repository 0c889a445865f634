package io.sidestream.cli.demo;

import io.sidestream.schemas.GenerationAnnouncement;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Shows how good a generation is on events it was not trained on. */
final class QualityStep {
  private record Row(String figure, String meaning) {}

  private static final List<Row> ROWS =
      List.of(
          new Row("recall@30", "the Semantic ID is among 30 IDs"),
          new Row("item_recall@30", "the film itself is among 30 films"),
          new Row("popularity@30", "always answering the 30 most popular"),
          new Row("random@30", "answering 30 at random"));

  private QualityStep() {}

  static void tell(DemoContext scene, GenerationAnnouncement generation) {
    ConsoleReporter narrator = scene.narrator();
    narrator.chapter(
        "How good is it?",
        "Some of people's last steps were kept from the training. How often does the answer hold"
            + " what they chose?");
    Map<String, Double> metrics = generation.metrics();
    narrator.say(String.format(Locale.ROOT, "%-42s%12s%18s", "", "search", "recommendation"));
    for (Row row : ROWS) {
      narrator.say(
          String.format(
              Locale.ROOT,
              "%-42s%12s%18s",
              row.meaning(),
              share(metrics, "search." + row.figure()),
              share(metrics, "recommendation." + row.figure())));
    }
    scene.report().metrics(metrics);
  }

  private static String share(Map<String, Double> metrics, String name) {
    Double value = metrics.get(name);
    return value == null ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * value);
  }
}
