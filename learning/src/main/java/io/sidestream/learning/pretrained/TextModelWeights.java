package io.sidestream.learning.pretrained;

import static io.sidestream.learning.pretrained.HuggingFaceException.require;

import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.transformer.RelativeBuckets;
import io.sidestream.learning.transformer.TextModel;
import io.sidestream.learning.transformer.TextTransformerShape;
import io.sidestream.model.onnx.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Reads the sizes and weights of a BERT, XLM-RoBERTa or MPNet folder. */
final class TextModelWeights {
  private TextModelWeights() {}

  /** The sizes in a configuration; refuses what is not supported. */
  static TextTransformerShape shape(ModelConfig config) throws HuggingFaceException {
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
    int expected = RelativeBuckets.DEFAULT.buckets();
    int buckets = config.size("relative_attention_num_buckets", expected);
    require(
        config.folder(),
        buckets == expected,
        "relative_attention_num_buckets is %d, expected %d",
        buckets,
        expected);
    int positions = config.size("max_position_embeddings");
    require(
        config.folder(),
        positions > model.firstPosition() + 2,
        "max_position_embeddings is %d, expected more than %d",
        positions,
        model.firstPosition() + 2);
    int vocabulary = config.size("vocab_size");
    requirePositionsAfterPadding(config, model, vocabulary);
    TextTransformerShape shape =
        new TextTransformerShape(
            model,
            vocabulary,
            config.size("num_hidden_layers"),
            dimensions,
            heads,
            config.size("intermediate_size"),
            positions,
            model == TextModel.MPNET ? 0 : config.size("type_vocab_size", 2),
            config.number("layer_norm_eps", 1e-12),
            config.number("hidden_dropout_prob", 0.1),
            config.number("attention_probs_dropout_prob", 0.1),
            true);
    requireFits(config.folder(), shape);
    return shape;
  }

  /** Refuses a model that is larger than a graph can hold. */
  private static void requireFits(Path folder, TextTransformerShape shape)
      throws HuggingFaceException {
    long numbers = 0;
    for (long[] lengths : shape.weights().values()) {
      numbers += Arrays.stream(lengths).reduce(1, Math::multiplyExact);
    }
    long bytes = Float.BYTES * numbers;
    require(
        folder,
        bytes <= T5GraphWeights.MAX_BYTES,
        "encoder has %.1f GB of weights, expected at most %.1f GB",
        bytes / 1e9,
        T5GraphWeights.MAX_BYTES / 1e9);
  }

  /** Where positions do not begin at 0, they begin after the number of the padding token. */
  private static void requirePositionsAfterPadding(
      ModelConfig config, TextModel model, int vocabulary) throws HuggingFaceException {
    int expected = model.firstPosition() - 1;
    if (expected >= 0) {
      int padding = config.token("pad_token_id", expected, vocabulary);
      require(
          config.folder(),
          padding == expected,
          "pad_token_id is %d, expected %d, after which positions are counted",
          padding,
          expected);
    }
  }

  /** All weights, for the caller to close. */
  static Parameters read(HuggingFaceFolder folder, TextTransformerShape shape, Device device)
      throws IOException {
    String saved = shape.model().prefix() + ".";
    String prefix = folder.has(saved + TextModel.WORDS) ? saved : "";
    Parameters parameters = new Parameters(device);
    try {
      for (Map.Entry<String, long[]> weight : shape.weights().entrySet()) {
        String tensor = nameIn(folder, prefix + weight.getKey());
        folder.add(parameters, weight.getKey(), tensor, weight.getValue());
      }
      folder.requireAllRead(name -> needless(name, prefix));
      return parameters;
    } catch (IOException | RuntimeException e) {
      parameters.close();
      throw e;
    }
  }

  /** The first BERTs named what layers are normalized by gamma and beta. */
  private static String nameIn(HuggingFaceFolder folder, String name) {
    String old =
        name.replaceAll("LayerNorm\\.weight$", "LayerNorm.gamma")
            .replaceAll("LayerNorm\\.bias$", "LayerNorm.beta");
    return folder.has(name) || !folder.has(old) ? name : old;
  }

  /** Heads of other tasks, and positions counted from 0 that some versions saved. */
  private static boolean needless(String name, String prefix) {
    String bare = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    return bare.startsWith("pooler.")
        || bare.equals("embeddings.position_ids")
        || name.startsWith("lm_head.")
        || name.startsWith("cls.");
  }
}
