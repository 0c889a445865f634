package io.sidestream.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.learning.codebook.CodeUsage;
import io.sidestream.learning.evaluation.Gate;
import io.sidestream.learning.evaluation.GateSettings;
import io.sidestream.learning.evaluation.Verdict;
import io.sidestream.learning.generation.CodedCorpus;
import io.sidestream.model.bundle.Assignments;
import io.sidestream.model.bundle.CodeAlignment;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.codes.ResidualCodebook;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CodebookMetricsTest {
  private static final CodebookShape SHAPE = new CodebookShape(2, 4);

  /** Centroids 0, 10, 20, 30, and on the second level 0, 1, 2, 3: each number has its ID. */
  private static final ResidualCodebook NUMBERS =
      new ResidualCodebook(SHAPE, 1, new float[][] {{0, 10, 20, 30}, {0, 1, 2, 3}});

  @Test
  void of_knownCodes_countsByHand() {
    CodeAlignment.Kept kept = new CodeAlignment.Kept(List.of(0.75, 0.5), 0.25);
    Map<String, Double> metrics =
        CodebookMetrics.of(
            coded(
                new int[][] {{0, 0}, {0, 0}, {1, 0}, {2, 3}},
                new float[][] {{0}, {0.1f}, {10}, {23}},
                Optional.of(
                    new CodeAlignment(
                        new Generation(1),
                        "0".repeat(64),
                        Optional.empty(),
                        4,
                        Optional.of(kept),
                        Optional.of(kept)))));

    assertEquals(0.5, metrics.get("codebook.collision_rate"));
    assertEquals(0.5, metrics.get("codebook.largest_collision"));
    assertEquals(Math.pow(2, 1.5) / 4, metrics.get("codebook.relative_perplexity.1"), 1e-12);
    assertEquals(
        Math.exp(-0.75 * Math.log(0.75) - 0.25 * Math.log(0.25)) / 4,
        metrics.get("codebook.relative_perplexity.2"),
        1e-12);
    assertEquals(Math.pow(2, 1.5) / 4, metrics.get("codebook.encoded_perplexity"), 1e-12);
    assertEquals(0.75, metrics.get("codebook.encoded_ids"));
    assertEquals(0.5, metrics.get("codebook.kept_codes.2"));
    assertEquals(0.25, metrics.get("codebook.kept_ids"));
    assertEquals(0.125, metrics.get("codebook.relative_quantization_error"));
  }

  /**
   * Loads are bounded, so that the corpus's own codes are used evenly though nothing was learned.
   */
  @Test
  void of_vectorsThatAreAllOne_isACollapseThatTheGateRefuses() {
    int items = CodebookMetrics.MAX_ENCODED + 16;
    int[][] even =
        IntStream.range(0, items).mapToObj(i -> new int[] {i % 4, i / 4 % 4}).toArray(int[][]::new);
    float[][] one =
        IntStream.range(0, items).mapToObj(i -> new float[] {12}).toArray(float[][]::new);
    Map<String, Double> metrics = CodebookMetrics.of(coded(even, one, Optional.empty()));

    assertEquals(1, metrics.get("codebook.relative_perplexity.1"), 1e-6);
    assertEquals(0.25, metrics.get("codebook.encoded_perplexity"), 1e-12);
    assertEquals(1 / 16.0, metrics.get("codebook.encoded_ids"));
    Gate gate = new Gate(new GateSettings(0, 0, 1, 0, 1));
    Verdict verdict = gate.decide(metrics, Optional.empty());
    assertTrue(verdict.reason().startsWith("codebook collapse: items get 0.063 of the IDs"));
    assertEquals(false, verdict.accepted());
  }

  private static CodedCorpus coded(
      int[][] codes, float[][] vectors, Optional<CodeAlignment> alignment) {
    int items = codes.length;
    List<ItemId> ids =
        IntStream.range(0, items)
            .mapToObj(i -> new ItemId(String.format(Locale.ROOT, "i%06d", i)))
            .toList();
    return new CodedCorpus(
        NUMBERS,
        new Assignments(
            ids, codes, vectors, new float[items][1], new float[items], new float[items]),
        CodeUsage.of(SHAPE, codes),
        0.125,
        alignment);
  }
}
