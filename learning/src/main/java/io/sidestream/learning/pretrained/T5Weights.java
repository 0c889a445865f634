package io.sidestream.learning.pretrained;

import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.transformer.T5Shape;
import io.sidestream.model.onnx.Device;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Reads the weights of a T5 folder into parameters of the same names. */
record T5Weights(HuggingFaceFolder folder, T5Config config, Parameters parameters) {
  static final String TOKENS = "shared.weight"; // (V, M)
  static final String OUTPUT = "lm_head.weight"; // (V, M)

  private static final Set<String> COPIES =
      Set.of("encoder.embed_tokens.weight", "decoder.embed_tokens.weight");

  /** Published with the first version, and read by no version. */
  private static final String UNUSED_BIAS =
      "decoder.block.0.layer.1.EncDecAttention.relative_attention_bias.weight";

  /**
   * All weights, for the caller to close.
   *
   * @param config of the folder
   * @param newTokens rows to add for tokens that the model does not know yet
   */
  static Parameters read(
      HuggingFaceFolder folder,
      T5Config config,
      int newTokens,
      Device device,
      SplittableRandom random)
      throws IOException {
    Parameters parameters = new Parameters(device);
    try {
      new T5Weights(folder, config, parameters).addAll(newTokens, random);
      return parameters;
    } catch (IOException | RuntimeException e) {
      parameters.close();
      throw e;
    }
  }

  private void addAll(int newTokens, SplittableRandom random) throws IOException {
    addTable(TOKENS, tokens(folder), newTokens, random.split());
    if (!config.tied()) {
      addTable(OUTPUT, OUTPUT, newTokens, random.split());
    }
    for (String stack : new String[] {T5Shape.ENCODER, T5Shape.DECODER}) {
      for (Map.Entry<String, long[]> weight : config.shape().weights(stack).entrySet()) {
        folder.add(parameters, weight.getKey(), weight.getKey(), weight.getValue());
      }
    }
    folder.requireAllRead(name -> COPIES.contains(name) || name.equals(UNUSED_BIAS));
  }

  /** Whether the file has an output that differs from the table of tokens. */
  static boolean hasOwnOutput(HuggingFaceFolder folder, int vocabulary, int columns)
      throws IOException {
    return folder.has(OUTPUT)
        && !Arrays.equals(
            folder.floats(OUTPUT, vocabulary, columns),
            folder.floats(tokens(folder), vocabulary, columns));
  }

  /** Files differ in which of the names of one and the same table they keep. */
  private static String tokens(HuggingFaceFolder folder) {
    return folder.has(TOKENS)
        ? TOKENS
        : COPIES.stream().sorted().filter(folder::has).findFirst().orElse(TOKENS);
  }

  private void addTable(String name, String tensor, int newTokens, SplittableRandom random)
      throws IOException {
    int columns = config.shape().dimensions();
    float[] table = folder.floats(tensor, config.vocabulary(), columns);
    float[] longer = NewTokenEmbeddings.after(table, columns, newTokens, random);
    parameters.add(name, longer, config.vocabulary() + newTokens, columns);
  }
}
