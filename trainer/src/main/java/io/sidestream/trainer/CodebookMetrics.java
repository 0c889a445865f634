package io.sidestream.trainer;

import io.sidestream.learning.codebook.CodeUsage;
import io.sidestream.learning.evaluation.Metrics;
import io.sidestream.learning.generation.CodedCorpus;
import io.sidestream.model.bundle.CodeAlignment;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.codes.Perplexity;
import io.sidestream.model.codes.ResidualCodebook;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** How a generation's codes are used, shared and kept, as {@link Metrics}; all are shares. */
final class CodebookMetrics {
  /*
   * Items of the corpus have codes whose loads are bounded: even where all vectors are one and the
   * same, codes are used evenly. What comes later takes the nearest centroids. So the collapse of a
   * codebook shows in the codes that it gives to the corpus's own vectors, and not in theirs.
   */

  /** Most items whose vectors are encoded for that, evenly spread over the corpus. */
  static final int MAX_ENCODED = 10_000;

  private CodebookMetrics() {}

  static Map<String, Double> of(CodedCorpus coded) {
    CodebookShape shape = coded.codebook().shape();
    int[][] codes = coded.assignments().codes();
    Map<String, Double> metrics = new TreeMap<>();
    metrics.put(Metrics.RELATIVE_QUANTIZATION_ERROR, coded.relativeQuantizationError());
    metrics.put(Metrics.COLLISION_RATE, coded.usage().collisionRate());
    metrics.put(Metrics.LARGEST_COLLISION, (double) coded.usage().largestBucket() / codes.length);
    for (int level = 0; level < shape.levels(); level++) {
      metrics.put(Metrics.relativePerplexity(level), relativePerplexity(codes, level, shape));
    }
    int[][] encoded = encoded(coded.codebook(), coded.assignments().vectors());
    metrics.put(Metrics.ENCODED_PERPLEXITY, relativePerplexity(encoded, 0, shape));
    metrics.put(Metrics.ENCODED_IDS, distinctIds(encoded, shape));
    coded
        .alignment()
        .flatMap(CodeAlignment::after)
        .ifPresent(kept -> metrics.putAll(metrics(kept)));
    return metrics;
  }

  private static double relativePerplexity(int[][] codes, int level, CodebookShape shape) {
    return Perplexity.relative(CodeUsage.uses(codes, level, shape.width()));
  }

  private static double distinctIds(int[][] codes, CodebookShape shape) {
    double possible = Math.min(codes.length, Math.pow(shape.width(), shape.levels()));
    return CodeUsage.of(shape, codes).distinctIds() / possible;
  }

  /** What the codebook gives, shape [item][level]. */
  private static int[][] encoded(ResidualCodebook codebook, float[][] vectors) {
    int count = Math.min(vectors.length, MAX_ENCODED);
    return IntStream.range(0, count)
        .parallel()
        .mapToObj(i -> codebook.encode(vectors[(int) ((long) i * vectors.length / count)]))
        .toArray(int[][]::new);
  }

  private static Map<String, Double> metrics(CodeAlignment.Kept kept) {
    Map<String, Double> metrics = new TreeMap<>();
    metrics.put(Metrics.KEPT_IDS, kept.ids());
    for (int level = 0; level < kept.codes().size(); level++) {
      metrics.put(Metrics.keptCodes(level), kept.codes().get(level));
    }
    return metrics;
  }
}
