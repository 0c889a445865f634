package io.sidestream.learning.biencoder;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.learning.tensor.TrainingStep;
import java.util.stream.LongStream;

/**
 * A BERT encoder inside one step: post-norm layers of attention and a GELU network, as in Devlin et
 * al. 2018, arXiv 1810.04805.
 *
 * <p>Legend: T texts, S word pieces of the longest, E dimensions, H heads, F = E / H, I inner
 * dimensions.
 */
final class Bert {
  private static final double EPSILON = 1e-12;

  private final TrainingStep step;
  private final BertShape shape;

  Bert(TrainingStep step, BertShape shape) {
    this.step = step;
    this.shape = shape;
  }

  /** Hidden states before the first layer (T, S, E). */
  NDArray embed(PieceBatch batch) {
    long[] places = LongStream.range(0, batch.length()).toArray();
    NDArray ids = step.indices(batch.ids(), batch.texts(), batch.length()); // (T, S)
    NDArray words = SafeMath.lookUp(step.weight(BertWeights.WORDS), ids); // (T, S, E)
    NDArray positions =
        SafeMath.lookUp(
            step.weight(BertWeights.POSITIONS), step.indices(places, places.length)); // (S, E)
    NDArray type =
        SafeMath.lookUp(step.weight(BertWeights.TYPES), step.indices(new long[1], 1)); // (1, E)
    return norm(BertWeights.NORM, words.add(type).add(positions)); // (T, S, E)
  }

  /** Through the layers from one up to, but not with, another: (T, S, E) to (T, S, E). */
  NDArray layers(NDArray x, PieceBatch batch, int from, int to) {
    NDArray mask = step.floats(batch.hidden(), batch.texts(), 1, 1, batch.length()); // (T, 1, 1, S)
    NDArray hidden = x;
    for (int layer = from; layer < to; layer++) {
      hidden = layer(hidden, mask, BertWeights.prefix(layer));
    }
    return hidden;
  }

  /** The mean over each text's pieces, of length 1: (T, S, E) to (T, E). */
  NDArray pooled(NDArray x, PieceBatch batch) {
    NDArray mask = step.floats(batch.mask(), batch.texts(), batch.length(), 1); // (T, S, 1)
    NDArray sum = x.mul(mask).sum(new int[] {1}); // (T, E)
    return SafeMath.unitLength(sum.div(mask.sum(new int[] {1}))); // (T, E)
  }

  private NDArray layer(NDArray x, NDArray mask, String prefix) {
    NDArray seen = linear(prefix + "attention.output.dense", attention(x, mask, prefix));
    NDArray y = norm(prefix + "attention.output.LayerNorm", seen.add(x)); // (T, S, E)
    NDArray inner = SafeMath.gelu(linear(prefix + "intermediate.dense", y)); // (T, S, I)
    NDArray outer = linear(prefix + "output.dense", inner); // (T, S, E)
    return norm(prefix + "output.LayerNorm", outer.add(y)); // (T, S, E)
  }

  private NDArray attention(NDArray x, NDArray mask, String prefix) {
    NDArray query = heads(linear(prefix + "attention.self.query", x)); // (T, H, S, F)
    NDArray key = heads(linear(prefix + "attention.self.key", x)); // (T, H, S, F)
    NDArray value = heads(linear(prefix + "attention.self.value", x)); // (T, H, S, F)
    NDArray products = query.matMul(key.transpose(0, 1, 3, 2)); // (T, H, S, S)
    double scale = Math.sqrt((double) shape.dimensions() / shape.heads());
    NDArray shares =
        SafeMath.softmax(SafeMath.divide(products, scale).add(mask), 3); // (T, H, S, S)
    return shares
        .matMul(value) // (T, H, S, F)
        .transpose(0, 2, 1, 3) // (T, S, H, F)
        .reshape(x.getShape()); // (T, S, E)
  }

  private NDArray heads(NDArray x) {
    long texts = x.getShape().get(0);
    long length = x.getShape().get(1);
    int heads = shape.heads();
    return x.reshape(texts, length, heads, shape.dimensions() / heads) // (T, S, H, F)
        .transpose(0, 2, 1, 3); // (T, H, S, F)
  }

  private NDArray linear(String name, NDArray x) {
    return x.matMul(step.weight(name + ".weight")).add(step.weight(name + ".bias"));
  }

  private NDArray norm(String name, NDArray x) {
    return SafeMath.layerNorm(
        x, step.weight(name + ".weight"), step.weight(name + ".bias"), EPSILON);
  }
}
