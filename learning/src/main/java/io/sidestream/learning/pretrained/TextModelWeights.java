package io.sidestream.learning.pretrained;

import static io.sidestream.learning.pretrained.HuggingFaceException.require;

import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.transformer.RelativeBuckets;
import io.sidestream.learning.transformer.TextModel;
import io.sidestream.learning.transformer.TextTransformerShape;
import io.sidestream.model.onnx.Device;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Reads the sizes and weights of a BERT or MPNet folder. */
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
    return new TextTransformerShape(
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
        config.number("attention_probs_dropout_prob", 0.1),
        true);
  }

  /** All weights, for the caller to close. */
  static Parameters read(HuggingFaceFolder folder, TextTransformerShape shape, Device device)
      throws IOException {
    String label = shape.model().label() + ".";
    String prefix = folder.has(label + TextModel.WORDS) ? label : "";
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
