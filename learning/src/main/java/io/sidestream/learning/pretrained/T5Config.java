package io.sidestream.learning.pretrained;

import static io.sidestream.learning.pretrained.HuggingFaceException.require;

import io.sidestream.learning.transformer.RelativeBuckets;
import io.sidestream.learning.transformer.T5Shape;
import io.sidestream.learning.transformer.T5Shape.FeedForward;
import java.io.IOException;
import java.util.List;

/**
 * The configuration of a T5: the first version (ReLU, tied embeddings) or v1.1 (gated GELU, an
 * output of its own), as flan-t5 is.
 *
 * @param vocabulary rows of the table of tokens (V)
 * @param tied whether the output is the table of tokens
 * @param scaled whether what the output multiplies is scaled by 1 / √M
 * @param dropout rate while training
 * @param startToken what the decoder begins with
 */
record T5Config(
    T5Shape shape,
    int vocabulary,
    boolean tied,
    boolean scaled,
    double dropout,
    int startToken,
    int endToken,
    int padToken) {
  private static final String RELU = "relu";
  private static final String GATED_GELU = "gated-gelu";

  /*
   * Version 5 of transformers writes tie_word_embeddings: true into every T5 that it saves, keeps
   * the output where it has one, and says in scale_decoder_outputs what the flag said before. So
   * the output is tied where no other one is in the file.
   */
  private static final String TIED = "tie_word_embeddings";

  private static final String SCALED = "scale_decoder_outputs";

  /** Reads it from a folder, refusing what is not supported. */
  static T5Config of(HuggingFaceFolder folder) throws IOException {
    ModelConfig config = folder.config();
    config.oneOf("model_type", "of no type", List.of("t5"));
    String feedForward = config.oneOf("feed_forward_proj", RELU, List.of(RELU, GATED_GELU));
    require(
        config.folder(),
        config.flag("is_encoder_decoder", true),
        "is_encoder_decoder is false, expected encoder and decoder");
    int vocabulary = config.size("vocab_size");
    int layers = config.size("num_layers");
    int pad = config.token("pad_token_id", 0, vocabulary);
    T5Shape shape =
        new T5Shape(
            config.size("d_model"),
            config.size("d_kv"),
            config.size("num_heads"),
            config.size("d_ff"),
            layers,
            config.size("num_decoder_layers", layers),
            new RelativeBuckets(
                config.size("relative_attention_num_buckets", 32),
                config.size("relative_attention_max_distance", 128)),
            config.number("layer_norm_epsilon", 1e-6),
            feedForward.equals(GATED_GELU) ? FeedForward.GATED_TANH_GELU : FeedForward.RELU,
            true);
    return new T5Config(
        shape,
        vocabulary,
        config.flag(TIED, true) && !T5Weights.hasOwnOutput(folder, vocabulary, shape.dimensions()),
        config.flag(SCALED, config.flag(TIED, true)),
        config.number("dropout_rate", 0.1),
        config.token("decoder_start_token_id", pad, vocabulary),
        config.token("eos_token_id", 1, vocabulary),
        pad);
  }

  /** The same with more tokens. */
  T5Config extended(int tokens) {
    return new T5Config(
        shape, vocabulary + tokens, tied, scaled, dropout, startToken, endToken, padToken);
  }
}
