package io.sidestream.learning.transformer;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.learning.tensor.TrainingStep;
import java.util.stream.LongStream;

/**
 * A BERT, XLM-RoBERTa or MPNet encoder inside one step: layers of attention and a GELU network,
 * each followed by its norm, then mean pooling to length 1.
 *
 * <p>Legend: B texts, S tokens of the longest, E dimensions, I inner dimensions, H heads.
 */
public final class TextTransformer {
  private final TrainingStep step;
  private final TextTransformerShape shape;
  private final TextModel model;
  private final Dropout dropout;
  private final Attention attention;

  /** Without dropout. */
  public TextTransformer(TrainingStep step, TextTransformerShape shape) {
    this(step, shape, Dropout.NONE, Dropout.NONE);
  }

  public TextTransformer(
      TrainingStep step, TextTransformerShape shape, Dropout dropout, Dropout attentionDropout) {
    this.step = step;
    this.shape = shape;
    this.model = shape.model();
    this.dropout = dropout;
    double divisor = Math.sqrt((double) shape.dimensions() / shape.heads());
    this.attention = new Attention(shape.heads(), divisor, attentionDropout);
  }

  /** Unit vectors, shape (B, E). */
  public NDArray vectors(TokenBatch texts) {
    return pooled(layers(embed(texts), texts, 0, shape.layers()), texts);
  }

  /** Hidden states before the first layer, shape (B, S, E). */
  public NDArray embed(TokenBatch texts) {
    NDArray sum = SafeMath.lookUp(step.weight(TextModel.WORDS), texts.tokens(step)); // (B, S, E)
    if (shape.types() > 0) {
      NDArray types = step.indices(new long[1], 1);
      sum = sum.add(SafeMath.lookUp(step.weight(TextModel.TYPES), types));
    }
    int first = model.firstPosition();
    long[] positions = LongStream.range(first, first + texts.length()).toArray();
    NDArray positioned =
        SafeMath.lookUp(
            step.weight(TextModel.POSITIONS), step.indices(positions, positions.length)); // (S, E)
    return dropout.apply(norm(TextModel.FIRST_NORM, sum.add(positioned)));
  }

  /** Hidden states (B, S, E) through the layers from one up to, not including, another. */
  public NDArray layers(NDArray x, TokenBatch texts, int from, int to) {
    NDArray bias = bias(texts); // broadcasts to (B, H, S, S)
    NDArray hidden = x;
    for (int layer = from; layer < to; layer++) {
      hidden = layer(hidden, bias, layer);
    }
    return hidden;
  }

  /** The mean of hidden states (B, S, E) over each text's tokens, of length 1: (B, E). */
  public NDArray pooled(NDArray x, TokenBatch texts) {
    NDArray present = texts.present(step); // (B, S, 1)
    NDArray sum = x.mul(present).sum(new int[] {1}); // (B, E)
    return SafeMath.unitLength(sum.div(present.sum(new int[] {1}))); // (B, E)
  }

  private NDArray bias(TokenBatch texts) {
    NDArray mask = texts.attentionMask(step); // (B, 1, 1, S)
    if (model != TextModel.MPNET) {
      return mask;
    }
    NDArray table = step.weight(TextModel.DISTANCES);
    return Attention.relativeBias(step, table, texts.length(), RelativeBuckets.DEFAULT::both)
        .add(mask);
  }

  private NDArray layer(NDArray x, NDArray bias, int layer) {
    NDArray attended =
        attention.of(
            linear(model.projection(layer, 0), x),
            linear(model.projection(layer, 1), x),
            linear(model.projection(layer, 2), x),
            bias); // (B, S, E)
    NDArray out = dropout.apply(linear(model.projection(layer, 3), attended));
    NDArray y = norm(model.attentionNorm(layer), out.add(x)); // (B, S, E)
    NDArray inner = SafeMath.gelu(linear(TextModel.inner(layer), y)); // (B, S, I)
    NDArray outer = dropout.apply(linear(TextModel.outer(layer), inner)); // (B, S, E)
    return norm(TextModel.outerNorm(layer), outer.add(y));
  }

  private NDArray linear(String name, NDArray x) {
    NDArray matrix = step.weight(name + ".weight");
    return x.matMul(shape.transposed() ? matrix.transpose() : matrix)
        .add(step.weight(name + ".bias"));
  }

  private NDArray norm(String name, NDArray x) {
    return SafeMath.layerNorm(
        x, step.weight(name + ".weight"), step.weight(name + ".bias"), shape.epsilon());
  }
}
