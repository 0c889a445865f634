package io.sidestream.learning.pretrained;

import static io.sidestream.learning.pretrained.HuggingFaceException.require;

import java.util.Arrays;
import java.util.List;

/**
 * The sizes of a text encoder.
 *
 * @param dimensions of hidden states (E), a multiple of the heads
 * @param inner dimensions of the feed-forward layers (I)
 * @param positions rows of the table of positions (P)
 * @param types rows of the table of segment types; 0 for none
 * @param dropout share that is forgotten while learning
 */
record TextModelShape(
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
    double attentionDropout) {
  /** Reads it from a configuration, refusing what is not supported. */
  static TextModelShape of(ModelConfig config) throws HuggingFaceException {
    List<String> labels = Arrays.stream(TextModel.values()).map(TextModel::label).toList();
    TextModel model = TextModel.of(config.oneOf("model_type", "of no type", labels)).orElseThrow();
    config.oneOf("hidden_act", "gelu", List.of("gelu"));
    config.oneOf("position_embedding_type", "absolute", List.of("absolute"));
    int dimensions = config.size("hidden_size");
    int heads = config.size("num_attention_heads");
    require(
        config.folder(),
        dimensions % heads == 0,
        "hidden_size %d does not divide among %d heads",
        dimensions,
        heads);
    int buckets = config.size("relative_attention_num_buckets", RelativeBuckets.MPNET.buckets());
    require(
        config.folder(),
        buckets == RelativeBuckets.MPNET.buckets(),
        "relative_attention_num_buckets is %d, expected %d",
        buckets,
        RelativeBuckets.MPNET.buckets());
    int positions = config.size("max_position_embeddings");
    require(
        config.folder(),
        positions > model.firstPosition() + 2,
        "max_position_embeddings is %d, expected more than %d",
        positions,
        model.firstPosition() + 2);
    return new TextModelShape(
        model,
        config.size("vocab_size"),
        config.size("num_hidden_layers"),
        dimensions,
        heads,
        config.size("intermediate_size"),
        positions,
        model == TextModel.BERT ? config.size("type_vocab_size", 2) : 0,
        config.number("layer_norm_eps", 1e-12),
        config.number("hidden_dropout_prob", 0.1),
        config.number("attention_probs_dropout_prob", 0.1));
  }

  /** Tokens a text may have. */
  int maxTokens() {
    return positions - model.firstPosition();
  }
}
