package io.sidestream.learning.pretrained;

import static io.sidestream.learning.pretrained.HuggingFaceException.require;

import java.util.List;

/**
 * The sizes of a T5, of the first version (ReLU, one table for input and output) or v1.1 (gated
 * GELU, an output of its own), as flan-t5 is.
 *
 * @param vocabulary rows of the table of tokens (V)
 * @param dimensions of hidden states (M)
 * @param headDimensions of each head (E); heads times this may differ from M
 * @param inner dimensions of the feed-forward layers (F)
 * @param gated whether a GELU gates the feed-forward layers; else they are a ReLU
 * @param tied whether the output is the table of tokens, scaled by 1 / √M
 * @param dropout share that is forgotten while learning
 * @param startToken what the decoder begins with
 */
record T5Shape(
    int vocabulary,
    int dimensions,
    int headDimensions,
    int heads,
    int inner,
    int encoderLayers,
    int decoderLayers,
    RelativeBuckets buckets,
    double epsilon,
    boolean gated,
    boolean tied,
    double dropout,
    int startToken,
    int endToken,
    int padToken) {
  private static final String RELU = "relu";
  private static final String GATED_GELU = "gated-gelu";

  /** Reads it from a configuration, refusing what is not supported. */
  static T5Shape of(ModelConfig config) throws HuggingFaceException {
    config.oneOf("model_type", "of no type", List.of("t5"));
    String feedForward = config.oneOf("feed_forward_proj", RELU, List.of(RELU, GATED_GELU));
    require(
        config.folder(),
        config.flag("is_encoder_decoder", true),
        "is_encoder_decoder is false, expected encoder and decoder");
    int vocabulary = config.size("vocab_size");
    int layers = config.size("num_layers");
    int pad = config.token("pad_token_id", 0, vocabulary);
    return new T5Shape(
        vocabulary,
        config.size("d_model"),
        config.size("d_kv"),
        config.size("num_heads"),
        config.size("d_ff"),
        layers,
        config.size("num_decoder_layers", layers),
        buckets(config),
        config.number("layer_norm_epsilon", 1e-6),
        feedForward.equals(GATED_GELU),
        config.flag("tie_word_embeddings", true),
        config.number("dropout_rate", 0.1),
        config.token("decoder_start_token_id", pad, vocabulary),
        config.token("eos_token_id", 1, vocabulary),
        pad);
  }

  private static RelativeBuckets buckets(ModelConfig config) throws HuggingFaceException {
    return new RelativeBuckets(
        config.size("relative_attention_num_buckets", 32),
        config.size("relative_attention_max_distance", 128));
  }

  /** All heads together. */
  int allHeads() {
    return heads * headDimensions;
  }

  /** The same with so many more tokens. */
  T5Shape extended(int tokens) {
    return new T5Shape(
        vocabulary + tokens,
        dimensions,
        headDimensions,
        heads,
        inner,
        encoderLayers,
        decoderLayers,
        buckets,
        epsilon,
        gated,
        tied,
        dropout,
        startToken,
        endToken,
        padToken);
  }
}
