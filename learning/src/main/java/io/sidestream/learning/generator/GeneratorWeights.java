package io.sidestream.learning.generator;

import io.sidestream.learning.progress.LossCurve;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.TrainingStep;
import io.sidestream.learning.transformer.Dropout;
import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.generator.Beam;
import io.sidestream.model.generator.CodeGenerator;
import io.sidestream.model.generator.GeneratorPrompt;
import io.sidestream.model.generator.GeneratorShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A generator after training, with its weights still in the trainer. Not for several threads. */
public final class GeneratorWeights implements AutoCloseable {
  /** IDs per prompt that {@link #parity} looks at. */
  static final int PARITY_BEAMS = 16;

  private final GeneratorShape shape;
  private final Parameters parameters;
  private final LossCurve losses;

  GeneratorWeights(GeneratorShape shape, Parameters parameters, LossCurve losses) {
    this.shape = shape;
    this.parameters = parameters;
    this.losses = losses;
  }

  public GeneratorShape shape() {
    return shape;
  }

  /** Loss at the end of the training: cross-entropy in nats, summed over levels. */
  public double loss() {
    return losses.last();
  }

  /** How the loss fell, step by step. */
  public LossCurve losses() {
    return losses;
  }

  /** Writes the graph that serving runs: from a prompt to the best IDs of a trie. */
  public void export(Path onnx) throws IOException {
    GeneratorGraph.of(shape, parameters).write(onnx);
  }

  /**
   * Natural log-probability of each ID after one prompt, in the order of the IDs. Those of all IDs
   * of the trie sum to 1.
   *
   * @param ids codes of each ID, or the first ones of it; all equally many, at least one ID
   */
  public double[] logProbabilities(GeneratorPrompt prompt, List<int[]> ids, CodeTrie trie) {
    List<GeneratorExample> examples =
        ids.stream().map(codes -> new GeneratorExample(prompt, codes, 1)).toList();
    ExampleBatch batch = ExampleBatch.of(examples);
    try (TrainingStep step = TrainingStep.computing(parameters)) {
      Forward forward = new Forward(shape, step, Dropout.NONE);
      float[] log = forward.logProbabilities(batch, trie).toFloatArray(); // (L, B, K)
      double[] sums = new double[ids.size()];
      for (int i = 0; i < batch.codes().length; i++) {
        sums[i % ids.size()] += log[i * shape.codebook().width() + batch.codes()[i]];
      }
      return sums;
    }
  }

  /**
   * Scores of all codes of the next level after one prompt and each of some prefixes, whether or
   * not an ID goes on so.
   *
   * @param prefixes the first codes of IDs; all equally many, fewer than levels, at least one
   * @return shape [prefix][code]
   */
  public float[][] nextLogits(GeneratorPrompt prompt, List<int[]> prefixes) {
    int level = prefixes.get(0).length;
    List<GeneratorExample> examples =
        prefixes.stream()
            .map(codes -> new GeneratorExample(prompt, Arrays.copyOf(codes, level + 1), 1))
            .toList();
    try (TrainingStep step = TrainingStep.computing(parameters)) {
      Forward forward = new Forward(shape, step, Dropout.NONE);
      float[] all = forward.logits(ExampleBatch.of(examples)).toFloatArray(); // (L, B, K)
      int width = shape.codebook().width();
      int from = level * prefixes.size();
      return IntStream.range(from, from + prefixes.size())
          .mapToObj(at -> Arrays.copyOfRange(all, at * width, (at + 1) * width))
          .toArray(float[][]::new);
    }
  }

  /**
   * How far the exported graph is from this generator: the largest absolute difference of the
   * log-probabilities of the IDs that the graph writes.
   */
  public double parity(CodeGenerator exported, List<GeneratorPrompt> prompts, CodeTrie trie) {
    double largest = 0;
    for (GeneratorPrompt prompt : prompts) {
      List<Beam> beams = exported.generate(prompt, trie, PARITY_BEAMS);
      List<int[]> ids = new ArrayList<>();
      beams.forEach(beam -> ids.add(trie.codes(beam.leaf())));
      double[] expected = ids.isEmpty() ? new double[0] : logProbabilities(prompt, ids, trie);
      for (int i = 0; i < expected.length; i++) {
        largest = Math.max(largest, Math.abs(expected[i] - beams.get(i).logProbability()));
      }
    }
    return largest;
  }

  @Override
  public void close() {
    parameters.close();
  }
}
