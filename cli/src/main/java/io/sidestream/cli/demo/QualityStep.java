package io.sidestream.cli.demo;

import io.sidestream.schemas.GenerationAnnouncement;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Shows the recall of a generation on held-out events. */
final class QualityStep {
  private record Row(String figure, String meaning) {}

  private static final List<Row> ROWS =
      List.of(
          new Row("id_recall@30", "the Semantic ID is among 30 IDs"),
          new Row("recall@30", "the film is among 30 films"),
          new Row("popularity@30", "baseline: the 30 most popular films"),
          new Row("random@30", "baseline: 30 random films"));

  private QualityStep() {}

  static void run(DemoContext context, GenerationAnnouncement generation) {
    ConsoleReporter reporter = context.reporter();
    reporter.step(
        "Quality",
        "Recall on held-out events: how often do the top 30 contain the item that a user chose?");
    Map<String, Double> metrics = generation.metrics();
    reporter.print(String.format(Locale.ROOT, "%-42s%12s%18s", "", "search", "recommendation"));
    for (Row row : ROWS) {
      reporter.print(
          String.format(
              Locale.ROOT,
              "%-42s%12s%18s",
              row.meaning(),
              share(metrics, "search." + row.figure()),
              share(metrics, "recommendation." + row.figure())));
    }
    context.report().metrics(metrics);
  }

  private static String share(Map<String, Double> metrics, String name) {
    Double value = metrics.get(name);
    return value == null ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * value);
  }
}
