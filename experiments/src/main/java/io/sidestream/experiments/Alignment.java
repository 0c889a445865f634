package io.sidestream.experiments;

import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.experiments.embedding.EmbeddingSpaces;
import io.sidestream.experiments.run.ExperimentContext;
import io.sidestream.experiments.schemes.IdSchemes;
import io.sidestream.experiments.schemes.OneSpaceIds;
import io.sidestream.report.Cell;
import io.sidestream.report.Chart;
import io.sidestream.report.Column;
import io.sidestream.report.Findings;
import io.sidestream.report.Row;
import io.sidestream.report.Space;
import io.sidestream.report.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Whether items that matter to both tasks lie closer together than under the specialists. */
final class Alignment implements Experiment {
  private static final int DRAWN = 3_000;

  private static final List<OneSpaceIds> SPACES =
      List.of(
          (OneSpaceIds) IdSchemes.CONTENT,
          (OneSpaceIds) IdSchemes.SEARCH_TUNED,
          (OneSpaceIds) IdSchemes.RECOMMENDATION_TUNED,
          (OneSpaceIds) IdSchemes.MULTI_TASK,
          (OneSpaceIds) IdSchemes.JOINT);

  @Override
  public String name() {
    return "alignment";
  }

  @Override
  public String question() {
    return "Do items that matter to both tasks lie closer together than under the specialists?";
  }

  @Override
  public Findings run(ExperimentContext laboratory) throws IOException {
    ExperimentData data = laboratory.bench().data();
    EmbeddingSpaces spaces = laboratory.bench().spaces();
    RelatedPairs pairs = RelatedPairs.of(data);
    Map<String, List<RelatedPairs.Rows>> kinds = kinds(pairs);
    List<Row> rows = new ArrayList<>();
    List<Chart> charts = new ArrayList<>();
    Map<String, Map<String, Double>> found = new LinkedHashMap<>();
    for (OneSpaceIds way : SPACES) {
      float[][] items = way.source().in(spaces).unitItems();
      Map<String, Double> closeness = closeness(items, kinds);
      found.put(way.name(), closeness);
      rows.add(
          new Row(way.name(), closeness.values().stream().map(v -> (Cell) Cell.of(v)).toList()));
      charts.add(picture(way.name(), items, data));
    }
    return new Findings(
        name(),
        question(),
        meaning(found, pairs),
        Map.of(
            "pairs",
            String.format(
                Locale.ROOT,
                "%,d met together, %,d found by one query, %,d both",
                pairs.met().size(),
                pairs.searched().size(),
                pairs.both().size())),
        List.of(
            new Table(
                "Chance that a pair lies nearer than a random pair",
                "Pairs as training saw them; .5 is chance.",
                "space",
                kinds.keySet().stream().map(Column::higher).toList(),
                rows)),
        charts);
  }

  private static Map<String, List<RelatedPairs.Rows>> kinds(RelatedPairs pairs) {
    Map<String, List<RelatedPairs.Rows>> kinds = new LinkedHashMap<>();
    kinds.put("met together", pairs.met());
    kinds.put("found by one query", pairs.searched());
    kinds.put("both", pairs.both());
    kinds.values().removeIf(List::isEmpty);
    return kinds;
  }

  private static Map<String, Double> closeness(
      float[][] items, Map<String, List<RelatedPairs.Rows>> kinds) {
    PairAuc closeness = new PairAuc(items, 1);
    Map<String, Double> values = new LinkedHashMap<>();
    kinds.forEach((kind, pairs) -> values.put(kind, closeness.of(pairs)));
    return values;
  }

  private static String meaning(Map<String, Map<String, Double>> found, RelatedPairs pairs) {
    String kind = pairs.both().isEmpty() ? "met together" : "both";
    double best =
        Math.max(
            found.get(IdSchemes.SEARCH_TUNED.name()).getOrDefault(kind, 0.0),
            found.get(IdSchemes.RECOMMENDATION_TUNED.name()).getOrDefault(kind, 0.0));
    double joint = found.get(IdSchemes.JOINT.name()).getOrDefault(kind, 0.0);
    return String.format(
        Locale.ROOT,
        "Pairs that matter to both tasks lie nearer than a random pair with a chance of %s in the"
            + " joint space, %s in the better specialist's: %s.",
        Sentences.decimal(joint),
        Sentences.decimal(best),
        joint > best ? "they are closer together" : "they are no closer together");
  }

  /** Items on the two main axes, coloured by the tasks that they matter to. */
  private static Space picture(String name, float[][] items, ExperimentData data) {
    Map<String, float[][]> groups = new LinkedHashMap<>();
    TaskRelevance.rows(
            data.rows().interactions(data.training().interactions()),
            data.rows().searches(data.training().searches()))
        .forEach(
            (kind, rows) ->
                groups.put(
                    kind.label(), rows.stream().map(row -> items[row]).toArray(float[][]::new)));
    return Space.ofVectors(
        "Space of " + name,
        "Items on the two main axes; often is the third of the items with the most events.",
        groups,
        Math.min(DRAWN, items.length + groups.size() + 1),
        1);
  }
}
