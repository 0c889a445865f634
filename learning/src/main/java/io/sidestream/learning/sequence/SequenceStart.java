package io.sidestream.learning.sequence;

import io.sidestream.learning.tensor.InitialWeights;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.model.bundle.Tensor;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.GeneratorShape;
import io.sidestream.model.generator.GeneratorVocabulary;
import io.sidestream.model.generator.SequenceTables;
import io.sidestream.model.generator.Task;
import io.sidestream.model.vectors.Matrix;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The weights of an earlier generator, where a training begins.
 *
 * @param vocabulary of the earlier generator
 * @param tables by row of the earlier items
 * @param weights all others, by name
 * @param rows of the items in those tables, -1 for an item that is new; not copied
 */
public record SequenceStart(
    GeneratorVocabulary vocabulary,
    SequenceTables tables,
    Map<String, Tensor> weights,
    int[] rows) {
  /*
   * Weights without rows of items or tokens are taken as they are. A word piece keeps its row; one
   * that is new takes that of unknown pieces, as which it was read before. An item's residuals are
   * what its position and output were beyond the projection of its text, as the towers see it now:
   * so it is read and compared as before, even where towers or text changed. A new item has none,
   * as in serving. Codes are used as they are numbered: their numbers have to mean the same.
   */

  /** Tables of items: exported with their texts' share, and not kept a second time. */
  private static final Set<String> OF_ITEMS =
      Set.of(
          SequenceParameters.RESIDUAL,
          SequenceParameters.ITEM_RESIDUAL,
          SequenceParameters.ITEM_BIAS);

  /** The weights that {@link #weights} has, for a bundle. */
  static Map<String, Tensor> kept(Parameters parameters) {
    Map<String, Tensor> kept = new LinkedHashMap<>();
    for (String name : parameters.names()) {
      if (!OF_ITEMS.contains(name)) {
        int[] shape = Arrays.stream(parameters.shape(name)).mapToInt(Math::toIntExact).toArray();
        kept.put(name, Tensor.floats(parameters.floats(name), shape));
      }
    }
    return kept;
  }

  /** Why a generator of this shape cannot begin here, or empty where it can. */
  public Optional<String> obstacle(GeneratorShape shape) {
    Map<String, int[]> expected = new LinkedHashMap<>();
    SequenceParameters.fill(new Shapes(expected), shape, 1, new SplittableRandom(0));
    for (Map.Entry<String, int[]> weight : expected.entrySet()) {
      String name = weight.getKey();
      if (OF_ITEMS.contains(name)) {
        continue;
      }
      int[] axes = weight.getValue();
      if (name.equals(SequenceParameters.TOKENS)) {
        axes[0] = vocabulary.size() + 1;
      }
      Tensor found = weights.get(name);
      if (found == null || !Arrays.equals(found.shape(), axes)) {
        return Optional.of(
            "its generator's %s is %s, this one's %s"
                .formatted(
                    name,
                    found == null ? "missing" : Arrays.toString(found.shape()),
                    Arrays.toString(axes)));
      }
    }
    return tables.modelDimensions() == shape.modelDimensions()
            && tables.vectorDimensions() == shape.vectorDimensions()
        ? Optional.empty()
        : Optional.of("its generator has tables of other dimensions");
  }

  /** Puts the weights in the place of those that were drawn. */
  void putInto(Parameters parameters, GeneratorVocabulary now, SequenceItems items) {
    for (String name : parameters.names()) {
      if (name.equals(SequenceParameters.TOKENS)) {
        parameters.replace(name, tokens(now));
      } else if (!OF_ITEMS.contains(name)) {
        parameters.replace(name, weight(name).floats());
      }
    }
    float[][] positions = tables.positions();
    float[][] outputs = tables.outputs();
    parameters.replace(
        SequenceParameters.RESIDUAL, residuals(positions, tables.positionText(), items));
    parameters.replace(
        SequenceParameters.ITEM_RESIDUAL, residuals(outputs, tables.outputText(), items));
    float[] biases = new float[rows.length];
    for (int row = 0; row < rows.length; row++) {
      biases[row] = rows[row] < 0 ? 0 : tables.biases()[rows[row]];
    }
    parameters.replace(SequenceParameters.ITEM_BIAS, biases);
  }

  private Tensor weight(String name) {
    Tensor weight = weights.get(name);
    if (weight == null) {
      throw new IllegalArgumentException("earlier generator has no weight " + name);
    }
    return weight;
  }

  private float[] residuals(float[][] learned, Matrix ofText, SequenceItems items) {
    int model = ofText.rows();
    float[] residuals = new float[rows.length * model];
    for (int row = 0; row < rows.length; row++) {
      if (rows[row] >= 0) {
        float[] fromText = new float[model];
        ofText.multiplyAdd(items.text(row), fromText);
        for (int m = 0; m < model; m++) {
          residuals[row * model + m] = learned[rows[row]][m] - fromText[m];
        }
      }
    }
    return residuals;
  }

  /** The rows of the tokens in their new order, and the row for no token. */
  private float[] tokens(GeneratorVocabulary now) {
    float[] before = weight(SequenceParameters.TOKENS).floats();
    int model = tables.modelDimensions();
    float[] after = new float[(now.size() + 1) * model];
    for (Task task : Task.values()) {
      copy(before, vocabulary.marker(task), after, now.marker(task), model);
    }
    copy(before, vocabulary.unknown(), after, now.unknown(), model);
    for (int piece : now.pieces()) {
      copy(before, vocabulary.piece(piece), after, now.piece(piece), model);
    }
    CodebookShape codes = now.shape();
    for (int level = 0; level < codes.levels(); level++) {
      for (int code = 0; code < codes.width(); code++) {
        copy(before, vocabulary.code(level, code), after, now.code(level, code), model);
      }
    }
    copy(before, vocabulary.size(), after, now.size(), model);
    return after;
  }

  private static void copy(float[] from, int row, float[] to, int at, int model) {
    System.arraycopy(from, row * model, to, at * model, model);
  }

  /** Notes the shapes of weights without drawing any. */
  private record Shapes(Map<String, int[]> axes) implements InitialWeights {
    @Override
    public void normal(String name, double deviation, SplittableRandom random, long... shape) {
      axes.put(name, Arrays.stream(shape).mapToInt(Math::toIntExact).toArray());
    }

    @Override
    public void constant(String name, double value, long... shape) {
      axes.put(name, Arrays.stream(shape).mapToInt(Math::toIntExact).toArray());
    }

    @Override
    public void add(String name, float[] data, long... shape) {
      axes.put(name, Arrays.stream(shape).mapToInt(Math::toIntExact).toArray());
    }
  }
}
