package io.sidestream.learning.transformer;

import java.util.List;
import java.util.Optional;

/** The supported kinds of text encoders: the Hugging Face names of their weights. */
public enum TextModel {
  /** Song et al. 2020, arXiv 2004.09297: attention has a bias for relative positions. */
  MPNET("mpnet", "mpnet", "attention.attn.", List.of("q", "k", "v", "o"), "attention.LayerNorm", 2),
  /** Devlin et al. 2018, arXiv 1810.04805. */
  BERT(
      "bert",
      "bert",
      "attention.",
      List.of("self.query", "self.key", "self.value", "output.dense"),
      "attention.output.LayerNorm",
      0),
  /** Conneau et al. 2019, arXiv 1911.02116: a BERT that counts positions from after its padding. */
  XLM_ROBERTA(
      "xlm-roberta",
      "roberta",
      "attention.",
      List.of("self.query", "self.key", "self.value", "output.dense"),
      "attention.output.LayerNorm",
      2);

  public static final String WORDS = "embeddings.word_embeddings.weight"; // (V, E)
  public static final String POSITIONS = "embeddings.position_embeddings.weight"; // (P, E)
  public static final String TYPES = "embeddings.token_type_embeddings.weight"; // (types, E)
  public static final String FIRST_NORM = "embeddings.LayerNorm"; // (E)
  public static final String DISTANCES = "encoder.relative_attention_bias.weight"; // (buckets, H)

  /** Query, key, value and output of each layer. */
  static final int PROJECTIONS = 4;

  private final String label;
  private final String prefix;
  private final String attention;
  private final List<String> projections;
  private final String attentionNorm;
  private final int firstPosition;

  TextModel(
      String label,
      String prefix,
      String attention,
      List<String> projections,
      String attentionNorm,
      int firstPosition) {
    this.label = label;
    this.prefix = prefix;
    this.attention = attention;
    this.projections = projections;
    this.attentionNorm = attentionNorm;
    this.firstPosition = firstPosition;
  }

  /** As in {@code model_type}. */
  public String label() {
    return label;
  }

  /** The first part of names where a head was saved with the model. */
  public String prefix() {
    return prefix;
  }

  public static Optional<TextModel> of(String label) {
    return List.of(values()).stream().filter(model -> model.label.equals(label)).findFirst();
  }

  /** The row of the first token's position. */
  public int firstPosition() {
    return firstPosition;
  }

  private static String layer(int layer) {
    return "encoder.layer." + layer + ".";
  }

  /** Query, key, value, output, each with {@code .weight} of E to E and {@code .bias} (E). */
  public String projection(int layer, int part) {
    return layer(layer) + attention + projections.get(part);
  }

  public String attentionNorm(int layer) {
    return layer(layer) + attentionNorm;
  }

  /** With {@code .weight} of E to I and {@code .bias} (I). */
  public static String inner(int layer) {
    return layer(layer) + "intermediate.dense";
  }

  /** With {@code .weight} of I to E and {@code .bias} (E). */
  public static String outer(int layer) {
    return layer(layer) + "output.dense";
  }

  public static String outerNorm(int layer) {
    return layer(layer) + "output.LayerNorm";
  }
}
