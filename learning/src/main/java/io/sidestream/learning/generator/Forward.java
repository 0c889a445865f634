package io.sidestream.learning.generator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.learning.tensor.TrainingStep;
import io.sidestream.learning.transformer.Dropout;
import io.sidestream.learning.transformer.T5;
import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.generator.GeneratorShape;

/**
 * The generator's way from prompts to scores of codes, as it learns: all levels at once, each
 * knowing the right codes before it.
 *
 * <p>Letters: B examples, S tokens, T = S + 1 positions (the prompt's vector, then the tokens), D
 * vector dimensions, M model dimensions, H heads, L levels, K codes.
 */
final class Forward {
  private final GeneratorShape shape;
  private final TrainingStep step;
  private final T5 stacks;

  Forward(GeneratorShape shape, TrainingStep step, Dropout dropout) {
    this.shape = shape;
    this.step = step;
    this.stacks = new T5(step, GeneratorParameters.stacks(shape), dropout, Dropout.NONE);
  }

  /** Scores of the codes of each level that the batch holds, shape (L, B, K). */
  NDArray logits(ExampleBatch batch) {
    NDArray padding = padding(batch); // (B, 1, 1, T)
    NDArray memory = stacks.encode(prompts(batch), padding); // (B, T, M)
    NDArray hidden = stacks.decode(prefixes(batch), memory, padding); // (B, L, M)
    NDArray decoded = hidden.transpose(1, 0, 2).matMul(levels(GeneratorParameters.HEADS, batch));
    NDArray vectors = step.floats(batch.vectors(), 1, batch.size(), shape.vectorDimensions());
    NDArray centroids = levels(GeneratorParameters.CENTROID_LOGITS, batch); // (L, D, K)
    return decoded.add(vectors.matMul(centroids)); // (L, B, K)
  }

  /** As many of a weight's levels as the batch holds. */
  private NDArray levels(String name, ExampleBatch batch) {
    NDArray all = step.weight(name);
    return batch.levels() == shape.codebook().levels()
        ? all
        : all.get(new NDIndex(":" + batch.levels()));
  }

  /** Log-probabilities of the codes that a trie lets follow, shape (L, B, K); others are masked. */
  NDArray logProbabilities(ExampleBatch batch, CodeTrie trie) {
    return SafeMath.logSoftmax(allowed(batch, trie), 2);
  }

  private NDArray allowed(ExampleBatch batch, CodeTrie trie) {
    long width = shape.codebook().width();
    float[] mask = AllowedCodes.mask(batch, trie);
    return logits(batch).add(step.floats(mask, batch.levels(), batch.size(), width)); // (L, B, K)
  }

  /**
   * Cross-entropy with a distribution over the codes of each level, summed over levels, mean over
   * weighted examples.
   *
   * @param targets probabilities, row-major (L, B, K), 0 where the trie lets nothing follow
   */
  NDArray loss(ExampleBatch batch, CodeTrie trie, float[] targets) {
    NDArray wanted =
        step.floats(targets, batch.levels(), batch.size(), shape.codebook().width()); // (L, B, K)
    NDArray weights = step.floats(batch.weights(), batch.size()); // (B)
    NDArray each =
        logProbabilities(batch, trie).mul(wanted).sum(new int[] {2}).sum(new int[] {0}); // (B)
    return each.mul(weights).sum().neg().div(weights.sum());
  }

  /** Cross-entropy of the right codes, summed over levels, mean over weighted examples. */
  NDArray loss(ExampleBatch batch, CodeTrie trie) {
    int levels = batch.levels();
    NDArray logits = allowed(batch, trie).reshape(-1, shape.codebook().width()); // (L * B, K)
    long[] codes = new long[batch.codes().length];
    float[] weights = new float[codes.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = batch.codes()[i];
      weights[i] = batch.weights()[i % batch.size()];
    }
    NDArray targets = step.indices(codes, codes.length); // (L * B)
    NDArray weight = step.floats(weights, codes.length); // (L * B)
    return SafeMath.multiply(SafeMath.crossEntropy(logits, targets, weight), levels);
  }

  private NDArray prompts(ExampleBatch batch) {
    NDArray tokens = step.indices(batch.tokens(), batch.size(), batch.length()); // (B, S)
    NDArray read = SafeMath.lookUp(step.weight(GeneratorParameters.TOKENS), tokens); // (B, S, M)
    NDArray vectors = step.floats(batch.vectors(), batch.size(), shape.vectorDimensions());
    NDArray first = vectors.matMul(step.weight(GeneratorParameters.VECTOR)).expandDims(1);
    return first.concat(read, 1); // (B, T, M)
  }

  /** The start, then the right codes of all levels but the last. */
  private NDArray prefixes(ExampleBatch batch) {
    NDArray zeros = step.indices(new long[batch.size()], batch.size(), 1); // (B, 1)
    NDArray start = SafeMath.lookUp(step.weight(GeneratorParameters.START), zeros); // (B, 1, M)
    int before = batch.levels() - 1;
    if (before == 0) {
      return start;
    }
    long[] written = new long[batch.size() * before];
    for (int row = 0; row < batch.size(); row++) {
      for (int level = 0; level < before; level++) {
        int code = batch.codes()[level * batch.size() + row];
        written[row * before + level] = GeneratorParameters.codeToken(shape, level, code);
      }
    }
    NDArray tokens = step.indices(written, batch.size(), before); // (B, L - 1)
    NDArray codes = SafeMath.lookUp(step.weight(GeneratorParameters.TOKENS), tokens);
    return start.concat(codes, 1); // (B, L, M)
  }

  /** The mask of padding (B, 1, 1, T); the first position is the vector and always there. */
  private NDArray padding(ExampleBatch batch) {
    int positions = batch.length() + 1;
    float[] mask = new float[batch.size() * positions];
    for (int row = 0; row < batch.size(); row++) {
      for (int at = 0; at < batch.length(); at++) {
        boolean absent = batch.absent()[row * batch.length() + at];
        mask[row * positions + at + 1] = absent ? SafeMath.MASKED : 0;
      }
    }
    return step.floats(mask, batch.size(), 1, 1, positions);
  }
}
