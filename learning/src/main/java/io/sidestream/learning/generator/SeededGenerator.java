package io.sidestream.learning.generator;

import io.sidestream.learning.tensor.SeededWeights;
import io.sidestream.model.generator.GeneratorShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.SplittableRandom;

/** A generator of any shape with random weights: what serving costs does not depend on them. */
public final class SeededGenerator {
  private final GeneratorShape shape;
  private final SeededWeights weights;

  private SeededGenerator(GeneratorShape shape, SeededWeights weights) {
    this.shape = shape;
    this.weights = weights;
  }

  /** The generator before training, its centroid logits 0. */
  public static SeededGenerator of(GeneratorShape shape, long seed) {
    SeededWeights weights = new SeededWeights();
    GeneratorParameters.fill(
        weights, shape, CentroidLogits.zero(shape), new SplittableRandom(seed));
    weights.draw();
    return new SeededGenerator(shape, weights);
  }

  /** Writes the graph that serving runs. */
  public void export(Path onnx) throws IOException {
    GeneratorGraph.of(shape, weights).write(onnx);
  }

  /** The names of its weights, those of Hugging Face's T5 where it has them. */
  public Set<String> names() {
    return weights.names();
  }

  /** The lengths of a weight's axes; matrices lie as [in, out]. */
  public long[] shape(String name) {
    return weights.shape(name);
  }

  /** A weight, row-major. */
  public float[] floats(String name) {
    return weights.floats(name);
  }
}
