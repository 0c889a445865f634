package io.sidestream.learning.pretrained;

import java.util.List;
import java.util.Optional;

/**
 * The kinds of text encoders that are supported: what their weights are called, where they differ.
 */
enum TextModel {
  /** Song et al. 2020, arXiv 2004.09297: distances between positions count too. */
  MPNET("mpnet", "attention.attn.", List.of("q", "k", "v", "o"), "attention.LayerNorm", 2),
  /** Devlin et al. 2018, arXiv 1810.04805. */
  BERT(
      "bert",
      "attention.",
      List.of("self.query", "self.key", "self.value", "output.dense"),
      "attention.output.LayerNorm",
      0);

  static final String WORDS = "embeddings.word_embeddings.weight"; // (V, E)
  static final String POSITIONS = "embeddings.position_embeddings.weight"; // (P, E)
  static final String TYPES = "embeddings.token_type_embeddings.weight"; // (types, E)
  static final String FIRST_NORM = "embeddings.LayerNorm"; // (E)
  static final String DISTANCES = "encoder.relative_attention_bias.weight"; // (buckets, H)

  private final String label;
  private final String attention;
  private final List<String> projections;
  private final String attentionNorm;
  private final int firstPosition;

  TextModel(
      String label,
      String attention,
      List<String> projections,
      String attentionNorm,
      int firstPosition) {
    this.label = label;
    this.attention = attention;
    this.projections = projections;
    this.attentionNorm = attentionNorm;
    this.firstPosition = firstPosition;
  }

  /** As in {@code model_type}, and in front of names where a head was saved with the model. */
  String label() {
    return label;
  }

  static Optional<TextModel> of(String label) {
    return List.of(values()).stream().filter(model -> model.label.equals(label)).findFirst();
  }

  /** The row of the first token's position. */
  int firstPosition() {
    return firstPosition;
  }

  private static String layer(int layer) {
    return "encoder.layer." + layer + ".";
  }

  /** Query, key, value, output, each with {@code .weight} (E, E) and {@code .bias} (E). */
  String projection(int layer, int part) {
    return layer(layer) + attention + projections.get(part);
  }

  String attentionNorm(int layer) {
    return layer(layer) + attentionNorm;
  }

  /** With {@code .weight} (I, E) and {@code .bias} (I). */
  static String inner(int layer) {
    return layer(layer) + "intermediate.dense";
  }

  /** With {@code .weight} (E, I) and {@code .bias} (E). */
  static String outer(int layer) {
    return layer(layer) + "output.dense";
  }

  static String outerNorm(int layer) {
    return layer(layer) + "output.LayerNorm";
  }
}
