package io.sidestream.learning.pretrained;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.learning.tensor.TrainingStep;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * A text encoder inside one step: layers of attention and a GELU network with their norms behind,
 * then the mean over a text's tokens, of length 1.
 *
 * <p>Letters: B texts, S tokens of the longest, E dimensions, I inner dimensions, H heads.
 */
final class TextForward {
  private final TrainingStep step;
  private final TextModelShape shape;
  private final TextModel model;
  private final double dropout;
  private final SplittableRandom random;
  private final Attention attention;

  /** One that computes. */
  TextForward(TrainingStep step, TextModelShape shape) {
    this(step, shape, 0, 0, new SplittableRandom(0));
  }

  /** One that learns, forgetting shares. */
  TextForward(
      TrainingStep step,
      TextModelShape shape,
      double dropout,
      double attentionDropout,
      SplittableRandom random) {
    this.step = step;
    this.shape = shape;
    this.model = shape.model();
    this.dropout = dropout;
    this.random = random;
    double scale = 1 / Math.sqrt((double) shape.dimensions() / shape.heads());
    this.attention = new Attention(shape.heads(), scale, attentionDropout, random);
  }

  /** Unit vectors, shape (B, E). */
  NDArray vectors(TokenBatch texts) {
    NDArray x = embed(texts); // (B, S, E)
    NDArray bias = bias(texts);
    for (int layer = 0; layer < shape.layers(); layer++) {
      x = layer(x, bias, layer);
    }
    NDArray present = texts.present(step); // (B, S, 1)
    NDArray sum = x.mul(present).sum(new int[] {1}); // (B, E)
    return SafeMath.unitLength(sum.div(present.sum(new int[] {1}))); // (B, E)
  }

  private NDArray embed(TokenBatch texts) {
    int first = model.firstPosition();
    long[] places = LongStream.range(first, first + texts.length()).toArray();
    NDArray words = SafeMath.lookUp(step.weight(TextModel.WORDS), texts.tokens(step));
    NDArray positions =
        SafeMath.lookUp(
            step.weight(TextModel.POSITIONS), step.indices(places, places.length)); // (S, E)
    NDArray sum = words.add(positions); // (B, S, E)
    if (shape.types() > 0) {
      NDArray type = SafeMath.lookUp(step.weight(TextModel.TYPES), step.indices(new long[1], 1));
      sum = sum.add(type);
    }
    return forget(norm(TextModel.FIRST_NORM, sum));
  }

  /** Broadcasts to (B, H, S, S). */
  private NDArray bias(TokenBatch texts) {
    NDArray hidden = texts.hidden(step); // (B, 1, 1, S)
    if (model != TextModel.MPNET) {
      return hidden;
    }
    NDArray table = step.weight(TextModel.DISTANCES);
    return Attention.positions(step, table, texts.length(), RelativeBuckets.MPNET::both)
        .add(hidden);
  }

  private NDArray layer(NDArray x, NDArray bias, int layer) {
    NDArray seen =
        attention.of(
            linear(model.projection(layer, 0), x),
            linear(model.projection(layer, 1), x),
            linear(model.projection(layer, 2), x),
            bias); // (B, S, E)
    NDArray out = forget(linear(model.projection(layer, 3), seen));
    NDArray y = norm(model.attentionNorm(layer), out.add(x)); // (B, S, E)
    NDArray inner = SafeMath.gelu(linear(TextModel.inner(layer), y)); // (B, S, I)
    NDArray outer = forget(linear(TextModel.outer(layer), inner)); // (B, S, E)
    return norm(TextModel.outerNorm(layer), outer.add(y));
  }

  /** Weights lie as [out, in]. */
  private NDArray linear(String name, NDArray x) {
    return x.matMul(step.weight(name + ".weight").transpose()).add(step.weight(name + ".bias"));
  }

  private NDArray norm(String name, NDArray x) {
    return SafeMath.layerNorm(
        x, step.weight(name + ".weight"), step.weight(name + ".bias"), shape.epsilon());
  }

  private NDArray forget(NDArray x) {
    return SafeMath.dropout(x, dropout, random);
  }
}
