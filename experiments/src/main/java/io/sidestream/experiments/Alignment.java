package io.sidestream.experiments;

import static java.util.Objects.requireNonNull;

import io.sidestream.experiments.embedding.TrainingData;
import io.sidestream.experiments.run.ExperimentContext;
import io.sidestream.experiments.run.SeedRun;
import io.sidestream.experiments.schemes.IdSchemes;
import io.sidestream.experiments.schemes.OneSpaceIds;
import io.sidestream.model.generator.Task;
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

/** Whether items that are related in both tasks lie closer together in a joint space. */
final class Alignment extends Experiment {
  private static final int MAX_POINTS = 3_000;
  private static final List<OneSpaceIds> SPACES =
      List.of(
          (OneSpaceIds) IdSchemes.CONTENT,
          (OneSpaceIds) IdSchemes.SEARCH_TUNED,
          (OneSpaceIds) IdSchemes.RECOMMENDATION_TUNED,
          (OneSpaceIds) IdSchemes.MULTI_TASK,
          (OneSpaceIds) IdSchemes.JOINT);

  Alignment() {
    super(
        "alignment",
        "Do items that are related in both tasks lie closer together in a joint space than in the"
            + " specialists' spaces?");
  }

  @Override
  Findings run(ExperimentContext context) throws IOException {
    SeedRun run = context.firstRun();
    RelatedPairs pairs = RelatedPairs.of(run.data());
    Map<String, List<RelatedPairs.Rows>> relations = pairs.byRelation();
    List<Row> rows = new ArrayList<>();
    List<Chart> charts = new ArrayList<>();
    Map<String, Map<String, Double>> aucs = new LinkedHashMap<>();
    for (OneSpaceIds scheme : SPACES) {
      float[][] items = scheme.source().in(run.spaces()).unitItems();
      Map<String, Double> auc = aucs(items, relations);
      aucs.put(scheme.name(), auc);
      rows.add(new Row(scheme.name(), auc.values().stream().map(v -> (Cell) Cell.of(v)).toList()));
      charts.add(chart(scheme.name(), items, run.training()));
    }
    return findings(
        meaning(aucs, pairs),
        Map.of(
            "pairs",
            String.format(
                Locale.ROOT,
                "%,d co-occurring, %,d sharing a query, %,d both",
                pairs.cooccurring().size(),
                pairs.sharingQuery().size(),
                pairs.both().size())),
        List.of(
            new Table(
                "AUC of related pairs against random pairs",
                "Probability that a pair related in training has a higher cosine than a random"
                    + " pair; .5 is chance.",
                "space",
                relations.keySet().stream().map(Column::higher).toList(),
                rows)),
        charts);
  }

  private static Map<String, Double> aucs(
      float[][] items, Map<String, List<RelatedPairs.Rows>> relations) {
    PairAuc auc = new PairAuc(items, 1);
    Map<String, Double> values = new LinkedHashMap<>();
    relations.forEach((relation, pairs) -> values.put(relation, auc.of(pairs)));
    return values;
  }

  private static String meaning(Map<String, Map<String, Double>> aucs, RelatedPairs pairs) {
    String relation = pairs.both().isEmpty() ? RelatedPairs.COOCCURRING : RelatedPairs.BOTH;
    double best =
        Math.max(
            requireNonNull(aucs.get(IdSchemes.SEARCH_TUNED.name())).getOrDefault(relation, 0.0),
            requireNonNull(aucs.get(IdSchemes.RECOMMENDATION_TUNED.name()))
                .getOrDefault(relation, 0.0));
    double joint = requireNonNull(aucs.get(IdSchemes.JOINT.name())).getOrDefault(relation, 0.0);
    return String.format(
        Locale.ROOT,
        "The AUC of pairs related in both tasks is %s in the joint space and %s in the better"
            + " specialist's: they are %s together.",
        Numbers.decimal(joint),
        Numbers.decimal(best),
        joint > best ? "closer" : "no closer");
  }

  /** Items on the two principal axes, coloured by the tasks in which they are popular. */
  private static Space chart(String name, float[][] items, TrainingData training) {
    Map<String, float[][]> groups = new LinkedHashMap<>();
    TaskRelevance.rows(training.counts(Task.RECOMMENDATION), training.counts(Task.SEARCH))
        .forEach(
            (relevance, rows) ->
                groups.put(
                    relevance.label(),
                    rows.stream().map(row -> items[row]).toArray(float[][]::new)));
    return Space.ofVectors(
        "Space of " + name,
        "Items on the two principal axes; popular is the third of the items with the most events.",
        groups,
        Math.min(MAX_POINTS, items.length + groups.size() + 1),
        1);
  }
}
