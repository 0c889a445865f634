package io.sidestream.learning.sequence;

import io.sidestream.learning.progress.LossCurve;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.model.bundle.Tensor;
import io.sidestream.model.generator.GeneratorPrompt;
import io.sidestream.model.generator.GeneratorShape;
import io.sidestream.model.generator.GeneratorVocabulary;
import io.sidestream.model.generator.SequenceAnswer;
import io.sidestream.model.generator.SequenceGenerator;
import io.sidestream.model.generator.SequencePrompt;
import io.sidestream.model.generator.SequenceTables;
import io.sidestream.model.vectors.Matrix;
import io.sidestream.model.vectors.Vectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A sequence generator after training. Not for several threads. */
public final class SequenceWeights implements AutoCloseable {
  /** Prompts of each task, and items, that {@link #parity} looks at. */
  private static final int PARITY_PROMPTS = 16;

  private static final int PARITY_ITEMS = 64;

  private final GeneratorShape shape;
  private final GeneratorVocabulary vocabulary;
  private final SequenceValidation computing;
  private final SequenceItems items;
  private final Parameters parameters;
  private final LossCurve losses;
  private final double validation;

  SequenceWeights(
      GeneratorShape shape,
      GeneratorVocabulary vocabulary,
      SequenceItems items,
      Parameters parameters,
      LossCurve losses,
      double validation) {
    this.shape = shape;
    this.vocabulary = vocabulary;
    this.items = items;
    this.computing = new SequenceValidation(shape, vocabulary, items, SequenceExamples.NONE);
    this.parameters = parameters;
    this.losses = losses;
    this.validation = validation;
  }

  public GeneratorShape shape() {
    return shape;
  }

  /** How the loss fell, step by step. */
  public LossCurve losses() {
    return losses;
  }

  /** How well it ranks validation's items, see {@link SequenceValidation}; NaN without any. */
  double validation() {
    return validation;
  }

  /**
   * The exact log p of every item after a history, natural; probabilities sum to 1. Shape: [row].
   *
   * @param rows oldest first, at least one; the latest are read
   */
  public float[] logProbabilities(List<Integer> rows) {
    return all(computing.histories(List.of(SequenceValidation.latest(rows, shape.maxTokens()))));
  }

  /** The same after a search. */
  public float[] logProbabilities(GeneratorPrompt search) {
    return all(computing.searches(List.of(search)));
  }

  /** Writes the graph that serving runs: from positions to log p of the IDs of any trie. */
  public void export(Path onnx) throws IOException {
    SequenceGraph.of(shape, parameters).write(onnx);
  }

  /** What a later training can begin with, beside the tables. */
  public Map<String, Tensor> kept() {
    return SequenceStart.kept(parameters);
  }

  /** What serving knows of each item, and of items that come later. */
  public SequenceTables tables() {
    Matrix positionText = scaled(SequenceParameters.TEXT);
    Matrix outputText = scaled(SequenceParameters.ITEM_TEXT);
    return new SequenceTables(
        rows(positionText, SequenceParameters.RESIDUAL),
        rows(outputText, SequenceParameters.ITEM_RESIDUAL),
        parameters.floats(SequenceParameters.ITEM_BIAS),
        positionText,
        outputText,
        scaled(SequenceParameters.QUERY));
  }

  /**
   * How far the exported graph is from this generator: the largest absolute difference of
   * log-probabilities of some items, after some prompts of each task.
   */
  public double parity(SequenceGenerator exported, SequenceExamples prompts) {
    double largest = 0;
    List<SequenceExamples.History> histories = prompts.histories();
    for (SequenceExamples.History one :
        histories.subList(0, Math.min(PARITY_PROMPTS, histories.size()))) {
      int[] rows = SequenceValidation.latest(one.rows(), shape.maxTokens());
      SequencePrompt prompt =
          SequencePrompt.history(
              Arrays.stream(rows).mapToObj(row -> exported.tables().positions()[row]).toList(),
              Arrays.stream(rows).mapToObj(items::codes).toList(),
              vocabulary);
      largest = Math.max(largest, difference(exported, prompt, computing.histories(List.of(rows))));
    }
    List<SequenceExamples.Search> searches = prompts.searches();
    for (SequenceExamples.Search one :
        searches.subList(0, Math.min(PARITY_PROMPTS, searches.size()))) {
      SequencePrompt prompt =
          SequencePrompt.search(
              exported.tables().queryOf(one.prompt().vector()), one.prompt().tokens(), vocabulary);
      largest =
          Math.max(
              largest, difference(exported, prompt, computing.searches(List.of(one.prompt()))));
    }
    return largest;
  }

  private double difference(
      SequenceGenerator exported, SequencePrompt prompt, SequenceValidation.PromptBatch same) {
    int step = Math.max(1, items.size() / PARITY_ITEMS);
    int[] rows = IntStream.range(0, items.size()).filter(row -> row % step == 0).toArray();
    long[] places = new long[rows.length];
    Arrays.fill(places, same.last()[0]);
    float[] expected = computing.logProbabilities(parameters, same, places, rows);
    SequenceAnswer answer = exported.answer(prompt, items.trie());
    double largest = 0;
    for (int i = 0; i < rows.length; i++) {
      double found = answer.logId()[items.leaf(rows[i])];
      if (found > Double.NEGATIVE_INFINITY) {
        found += logShare(exported.tables(), answer, rows[i]);
        largest = Math.max(largest, Math.abs(found - expected[i]));
      }
    }
    return largest;
  }

  private double logShare(SequenceTables tables, SequenceAnswer answer, int row) {
    double[] sharing =
        Arrays.stream(items.sharing(row)).mapToDouble(one -> logit(tables, answer, one)).toArray();
    return logShare(logit(tables, answer, row), sharing);
  }

  /** The log of a score's share among those of its ID, itself included; scores of any size. */
  static double logShare(double own, double[] sharing) {
    double most = Arrays.stream(sharing).max().orElse(own);
    double sum = Arrays.stream(sharing).map(one -> Math.exp(one - most)).sum();
    return own - most - Math.log(sum);
  }

  private static double logit(SequenceTables tables, SequenceAnswer answer, int row) {
    return Vectors.dot(tables.outputs()[row], answer.itemQuery()) + tables.biases()[row];
  }

  /** A weight (D, M) that takes unit vectors, as (M, D). */
  private Matrix scaled(String name) {
    int dimensions = shape.vectorDimensions();
    int model = shape.modelDimensions();
    float[] values = parameters.floats(name);
    float[] turned = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      turned[i % model * dimensions + i / model] = values[i] * PositionBatch.scale(dimensions);
    }
    return new Matrix(model, dimensions, turned);
  }

  private float[][] rows(Matrix ofText, String residual) {
    float[] own = parameters.floats(residual);
    int model = shape.modelDimensions();
    return IntStream.range(0, items.size())
        .parallel()
        .mapToObj(
            row -> {
              float[] sum = Arrays.copyOfRange(own, row * model, (row + 1) * model);
              ofText.multiplyAdd(items.text(row), sum);
              return sum;
            })
        .toArray(float[][]::new);
  }

  private float[] all(SequenceValidation.PromptBatch prompts) {
    return computing.ofAllItems(parameters, prompts)[0];
  }

  @Override
  public void close() {
    parameters.close();
  }
}
