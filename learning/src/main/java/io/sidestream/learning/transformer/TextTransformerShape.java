package io.sidestream.learning.transformer;

import static io.sidestream.schemas.Checks.check;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The sizes of a BERT, XLM-RoBERTa or MPNet encoder.
 *
 * @param vocabulary rows of the table of tokens (V)
 * @param dimensions of hidden states (E), a multiple of the heads
 * @param inner dimensions of the feed-forward layers (I)
 * @param positions rows of the table of positions (P)
 * @param types rows of the table of segment types; 0 for none
 * @param dropout share of embeddings and layers' results that training zeroes
 * @param attentionDropout share of attention probabilities that training zeroes
 * @param transposed whether matrices lie as [out, in], as in Hugging Face; else as [in, out]
 */
public record TextTransformerShape(
    TextModel model,
    int vocabulary,
    int layers,
    int dimensions,
    int heads,
    int inner,
    int positions,
    int types,
    double epsilon,
    double dropout,
    double attentionDropout,
    boolean transposed) {
  public TextTransformerShape {
    check(
        heads > 0 && dimensions % heads == 0,
        "%d dimensions do not divide among %d heads",
        dimensions,
        heads);
  }

  /** Most tokens of a text. */
  public int maxTokens() {
    return positions - model.firstPosition();
  }

  /** The shape of each weight by name, in order. */
  public Map<String, long[]> weights() {
    Map<String, long[]> weights = new LinkedHashMap<>();
    weights.put(TextModel.WORDS, new long[] {vocabulary, dimensions});
    weights.put(TextModel.POSITIONS, new long[] {positions, dimensions});
    if (types > 0) {
      weights.put(TextModel.TYPES, new long[] {types, dimensions});
    }
    if (model == TextModel.MPNET) {
      weights.put(TextModel.DISTANCES, new long[] {RelativeBuckets.DEFAULT.buckets(), heads});
    }
    putNorm(weights, TextModel.FIRST_NORM);
    for (int layer = 0; layer < layers; layer++) {
      weights.putAll(layerWeights(layer));
    }
    return weights;
  }

  /** The shape of each weight of one layer by name, in order. */
  public Map<String, long[]> layerWeights(int layer) {
    Map<String, long[]> weights = new LinkedHashMap<>();
    for (int part = 0; part < TextModel.PROJECTIONS; part++) {
      putLinear(weights, model.projection(layer, part), dimensions, dimensions);
    }
    putNorm(weights, model.attentionNorm(layer));
    putLinear(weights, TextModel.inner(layer), dimensions, inner);
    putLinear(weights, TextModel.outer(layer), inner, dimensions);
    putNorm(weights, TextModel.outerNorm(layer));
    return weights;
  }

  private void putLinear(Map<String, long[]> weights, String name, int in, int out) {
    weights.put(name + ".weight", transposed ? new long[] {out, in} : new long[] {in, out});
    weights.put(name + ".bias", new long[] {out});
  }

  private void putNorm(Map<String, long[]> weights, String name) {
    weights.put(name + ".weight", new long[] {dimensions});
    weights.put(name + ".bias", new long[] {dimensions});
  }
}
