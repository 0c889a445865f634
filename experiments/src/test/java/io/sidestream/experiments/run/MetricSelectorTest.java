package io.sidestream.experiments.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.experiments.data.CaseGroup;
import io.sidestream.experiments.evaluation.GroupEvaluation;
import io.sidestream.experiments.evaluation.Slice;
import io.sidestream.experiments.evaluation.Unit;
import io.sidestream.learning.evaluation.EvaluationCase;
import io.sidestream.learning.evaluation.EvaluationQuery;
import io.sidestream.learning.evaluation.Metric;
import io.sidestream.learning.evaluation.PopularityBucket;
import io.sidestream.learning.evaluation.Ranking;
import io.sidestream.learning.evaluation.TrainingExposure;
import io.sidestream.model.generator.Task;
import io.sidestream.report.Cell;
import io.sidestream.report.Spread;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetricSelectorTest {
  private static final MetricSelector RECALL =
      MetricSelector.of("tags", Metric.RECALL_AT_30, Unit.ITEM, Slice.ALL);

  @Test
  void cell_ofOneSeed_hasTheStandardErrorOverCases() {
    Cell.Measured cell = (Cell.Measured) RECALL.cell(subject("a", hits(1, 1, 0, 0)));
    assertEquals(0.5, cell.value());
    assertEquals(Spread.Kind.STANDARD_ERROR, cell.spread().kind());
    assertEquals(Math.sqrt(1.0 / 3) / 2, cell.spread().size(), 1e-9);
  }

  @Test
  void cell_ofSeveralSeeds_hasTheDeviationOverSeeds() {
    Cell.Measured cell =
        (Cell.Measured) RECALL.cell(subject("a", hits(1, 1, 0, 0), hits(1, 1, 1, 1)));
    assertEquals(0.75, cell.value());
    assertEquals(Spread.Kind.DEVIATION, cell.spread().kind());
    assertEquals(Math.sqrt(0.125), cell.spread().size(), 1e-9);
  }

  @Test
  void cell_ofAGroupThatWasNotAsked_isAbsent() {
    MetricSelector queries =
        MetricSelector.of("queries", Metric.RECALL_AT_30, Unit.ITEM, Slice.ALL);
    assertEquals(Cell.ABSENT, queries.cell(subject("a", hits(1))));
  }

  @Test
  void cell_ofIdsWhereThereAreNone_isAbsent() {
    MetricSelector ids = MetricSelector.of("tags", Metric.RECALL_AT_30, Unit.ID, Slice.ALL);
    assertEquals(Cell.ABSENT, ids.cell(subject("a", hits(1))));
  }

  @Test
  void cell_thatDiffersCaseByCase_isMarked() {
    int[] none = new int[40];
    int[] most = new int[40];
    Arrays.fill(most, 0, 30, 1);
    Cell marked = RECALL.cell(subject("good", most), subject("bad", none));
    assertEquals(MetricSelector.SIGNIFICANT, ((Cell.Measured) marked).mark());
    Cell same = RECALL.cell(subject("bad", none), subject("bad", none));
    assertEquals("", ((Cell.Measured) same).mark());
  }

  @Test
  void against_ofSeveralSeeds_pairsSeeds() {
    EvaluatedSystem better = subject("a", hits(1, 1, 1, 0), hits(1, 1, 1, 1));
    EvaluatedSystem worse = subject("b", hits(1, 0, 0, 0), hits(1, 1, 0, 0));
    assertEquals(2, RECALL.against(better, worse).orElseThrow().n());
    assertEquals(0.5, RECALL.against(better, worse).orElseThrow().difference(), 1e-12);
    assertTrue(RECALL.against(better, worse).orElseThrow().significant());
    assertFalse(RECALL.against(better, subject("c", hits(1))).isPresent());
  }

  private static int[] hits(int... hits) {
    return hits;
  }

  private static EvaluatedSystem subject(String name, int[]... seeds) {
    return new EvaluatedSystem(
        name, Arrays.stream(seeds).map(hits -> List.of(measured(name, hits))).toList());
  }

  private static GroupEvaluation measured(String name, int[] hits) {
    List<EvaluationCase> cases =
        IntStream.range(0, hits.length)
            .mapToObj(i -> new EvaluationCase(Optional.empty(), query(i), i, Set.of(), KNOWN))
            .toList();
    return new GroupEvaluation(
        name,
        new CaseGroup("tags", Task.SEARCH, cases),
        IntStream.of(hits)
            .mapToObj(hit -> Ranking.ofItem(hit == 1 ? 0 : Ranking.MISSING))
            .toList());
  }

  private static final TrainingExposure KNOWN =
      new TrainingExposure(PopularityBucket.TAIL, false, false, false);

  private static EvaluationQuery query(int i) {
    return new EvaluationQuery.Query("query " + i);
  }
}
