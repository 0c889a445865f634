package io.sidestream.learning.transformer;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The sizes of a T5's encoder and decoder, and the names of their weights, those of Hugging Face.
 *
 * @param dimensions of hidden states (M)
 * @param headDimensions of each head (E); heads times this may differ from M
 * @param inner dimensions of the feed-forward layers (F)
 * @param transposed whether matrices lie as [out, in], as in Hugging Face; else as [in, out]
 */
public record T5Shape(
    int dimensions,
    int headDimensions,
    int heads,
    int inner,
    int encoderLayers,
    int decoderLayers,
    RelativeBuckets buckets,
    double epsilon,
    FeedForward feedForward,
    boolean transposed) {
  public static final String ENCODER = "encoder";
  public static final String DECODER = "decoder";

  /** The inner layer of the feed-forward network. */
  public enum FeedForward {
    /** The first version's. */
    RELU,
    /** Version 1.1's, flan-t5's: the GELU approximated by tanh gates. Shazeer, arXiv 2002.05202. */
    GATED_TANH_GELU,
    /** The same by the exact GELU. */
    GATED_GELU;

    public boolean gated() {
      return this != RELU;
    }
  }

  /** The shape of each weight of a stack by name, in order; embeddings and output excluded. */
  public Map<String, long[]> weights(String stack) {
    Map<String, long[]> weights = new LinkedHashMap<>();
    weights.put(positions(stack), new long[] {buckets.buckets(), heads});
    for (int layer = 0; layer < layers(stack); layer++) {
      for (int part = 0; part < feedForwardPart(stack); part++) {
        for (String projection : new String[] {".q.weight", ".k.weight", ".v.weight"}) {
          weights.put(attention(stack, layer, part) + projection, matrix(dimensions, allHeads()));
        }
        weights.put(attention(stack, layer, part) + ".o.weight", matrix(allHeads(), dimensions));
        weights.put(norm(stack, layer, part), new long[] {dimensions});
      }
      String name = feedForward(stack, layer);
      String[] into = feedForward.gated() ? new String[] {".wi_0", ".wi_1"} : new String[] {".wi"};
      for (String part : into) {
        weights.put(name + part + ".weight", matrix(dimensions, inner));
      }
      weights.put(name + ".wo.weight", matrix(inner, dimensions));
      weights.put(norm(stack, layer, feedForwardPart(stack)), new long[] {dimensions});
    }
    weights.put(finalNorm(stack), new long[] {dimensions});
    return weights;
  }

  private long[] matrix(int in, int out) {
    return transposed ? new long[] {out, in} : new long[] {in, out};
  }

  int layers(String stack) {
    return stack.equals(DECODER) ? decoderLayers : encoderLayers;
  }

  /** Dimensions of all heads together. */
  private int allHeads() {
    return heads * headDimensions;
  }

  /** Shape (buckets, H). */
  public static String positions(String stack) {
    return attention(stack, 0, 0) + ".relative_attention_bias.weight";
  }

  /** Shape (M). */
  public static String finalNorm(String stack) {
    return stack + ".final_layer_norm.weight";
  }

  /** Shape (M). */
  public static String norm(String stack, int layer, int part) {
    return part(stack, layer, part) + "layer_norm.weight";
  }

  /** Self-attention (part 0) or the decoder's cross-attention (part 1); .q, .k, .v, .o follow. */
  public static String attention(String stack, int layer, int part) {
    return part(stack, layer, part) + (part == 0 ? "SelfAttention" : "EncDecAttention");
  }

  /** .wi_0, .wi_1 and .wo follow, or .wi and .wo. */
  public static String feedForward(String stack, int layer) {
    return part(stack, layer, feedForwardPart(stack)) + "DenseReluDense";
  }

  /** Which part of a layer is the feed-forward one. */
  public static int feedForwardPart(String stack) {
    return stack.equals(DECODER) ? 2 : 1;
  }

  private static String part(String stack, int layer, int part) {
    return stack + ".block." + layer + ".layer." + part + ".";
  }
}
