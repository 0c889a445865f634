package io.sidestream.learning.pretrained;

import io.sidestream.learning.tensor.Parameters;
import java.io.IOException;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The names of a T5's weights, those of Hugging Face, and their way into parameters.
 *
 * <p>Letters: V tokens, M dimensions, F inner dimensions, H heads, E dimensions of a head.
 */
final class T5Weights {
  static final String TOKENS = "shared.weight"; // (V, M)
  static final String OUTPUT = "lm_head.weight"; // (V, M)
  static final String ENCODER = "encoder";
  static final String DECODER = "decoder";

  private static final Set<String> COPIES =
      Set.of("encoder.embed_tokens.weight", "decoder.embed_tokens.weight");

  private final HuggingFaceFolder folder;
  private final T5Shape shape;
  private final Parameters parameters;

  private T5Weights(HuggingFaceFolder folder, T5Shape shape, Parameters parameters) {
    this.folder = folder;
    this.shape = shape;
    this.parameters = parameters;
  }

  /**
   * Adds all weights; whoever takes them closes them.
   *
   * @param shape of the folder
   * @param newTokens rows to add for tokens that the model does not know yet
   */
  static Parameters read(
      HuggingFaceFolder folder, T5Shape shape, int newTokens, SplittableRandom random)
      throws IOException {
    Parameters parameters = new Parameters();
    try {
      new T5Weights(folder, shape, parameters).addAll(newTokens, random);
      return parameters;
    } catch (IOException | RuntimeException e) {
      parameters.close();
      throw e;
    }
  }

  private void addAll(int newTokens, SplittableRandom random) throws IOException {
    addTable(TOKENS, tokens(), newTokens, random.split());
    if (!shape.tied()) {
      addTable(OUTPUT, OUTPUT, newTokens, random.split());
    }
    addStack(ENCODER, shape.encoderLayers());
    addStack(DECODER, shape.decoderLayers());
    folder.requireAllRead(name -> COPIES.contains(name) || shape.tied() && name.equals(OUTPUT));
  }

  /** Files differ in which of the names of one and the same table they keep. */
  private String tokens() {
    return folder.has(TOKENS)
        ? TOKENS
        : COPIES.stream().sorted().filter(folder::has).findFirst().orElse(TOKENS);
  }

  private void addTable(String name, String tensor, int newTokens, SplittableRandom random)
      throws IOException {
    int columns = shape.dimensions();
    float[] table = folder.floats(tensor, shape.vocabulary(), columns);
    float[] longer = NewTokenEmbeddings.after(table, columns, newTokens, random);
    parameters.add(name, longer, shape.vocabulary() + newTokens, columns);
  }

  private void addStack(String stack, int layers) throws IOException {
    add(positions(stack), shape.buckets().buckets(), shape.heads());
    for (int layer = 0; layer < layers; layer++) {
      addAttention(attention(stack, layer, 0));
      add(norm(stack, layer, 0), shape.dimensions());
      if (stack.equals(DECODER)) {
        addAttention(attention(stack, layer, 1));
        add(norm(stack, layer, 1), shape.dimensions());
      }
      int feed = feedAt(stack);
      addFeedForward(feedForward(stack, layer));
      add(norm(stack, layer, feed), shape.dimensions());
    }
    add(finalNorm(stack), shape.dimensions());
  }

  private void addAttention(String name) throws IOException {
    for (String part : new String[] {".q.weight", ".k.weight", ".v.weight"}) {
      add(name + part, shape.allHeads(), shape.dimensions());
    }
    add(name + ".o.weight", shape.dimensions(), shape.allHeads());
  }

  private void addFeedForward(String name) throws IOException {
    if (shape.gated()) {
      add(name + ".wi_0.weight", shape.inner(), shape.dimensions());
      add(name + ".wi_1.weight", shape.inner(), shape.dimensions());
    } else {
      add(name + ".wi.weight", shape.inner(), shape.dimensions());
    }
    add(name + ".wo.weight", shape.dimensions(), shape.inner());
  }

  private void add(String name, long... lengths) throws IOException {
    folder.add(parameters, name, name, lengths);
  }

  static String positions(String stack) {
    return attention(stack, 0, 0) + ".relative_attention_bias.weight"; // (buckets, H)
  }

  static String finalNorm(String stack) {
    return stack + ".final_layer_norm.weight"; // (M)
  }

  static String norm(String stack, int layer, int part) {
    return part(stack, layer, part) + "layer_norm.weight"; // (M)
  }

  /** Of the layer's own states (part 0), or of the encoder's (part 1). */
  static String attention(String stack, int layer, int part) {
    return part(stack, layer, part) + (part == 0 ? "SelfAttention" : "EncDecAttention");
  }

  static String feedForward(String stack, int layer) {
    return part(stack, layer, feedAt(stack)) + "DenseReluDense";
  }

  /** Which part of a layer is the feed-forward one. */
  static int feedAt(String stack) {
    return stack.equals(DECODER) ? 2 : 1;
  }

  private static String part(String stack, int layer, int part) {
    return stack + ".block." + layer + ".layer." + part + ".";
  }
}
