package io.sidestream.learning.pretrained;

import static io.sidestream.learning.pretrained.HuggingFaceException.require;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import io.sidestream.learning.generator.OnnxGraph;
import io.sidestream.learning.tensor.NamedWeights;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.TrainingStep;
import io.sidestream.learning.transformer.TextTransformer;
import io.sidestream.learning.transformer.TextTransformerShape;
import io.sidestream.learning.transformer.TokenBatch;
import io.sidestream.model.text.TextTokenizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What follows a text model in a folder of sentence-transformers: pooling, then further modules in
 * their order, a vector of length 1 in the end.
 *
 * @param dimensions of that vector
 */
record SentenceModules(SentencePooling pooling, List<SentenceModule> modules, int dimensions) {
  /*
   * modules.json names the modules; a folder without it has a mean and nothing else, unless a
   * 1_Pooling says otherwise. A module that is not known here is refused by its name: left out, it
   * would give other vectors than those that the model was published with.
   */
  private static final String MODULES = "modules.json";
  private static final String LIBRARY = "sentence_transformers.";
  private static final String POOLING = "1_Pooling";
  private static final String DENSE = "2_Dense";
  private static final String SETTINGS = "sentence_bert_config.json";
  private static final String LENGTH = "max_seq_length";
  private static final String IDENTITY = "Identity";
  private static final String TANH = "Tanh";
  private static final String MODE = "pooling_mode";
  private static final String WITH_PROMPT = "include_prompt";

  SentenceModules {
    modules = List.copyOf(modules);
  }

  /**
   * Reads a folder; refuses what is not supported.
   *
   * @param prompt what is put before each text
   */
  static SentenceModules of(
      HuggingFaceFolder folder, TextTransformerShape shape, Optional<String> prompt)
      throws IOException {
    Optional<JsonNode> listed = folder.list(MODULES);
    List<SentenceModule> modules = new ArrayList<>();
    SentencePooling pooling;
    int dimensions = shape.dimensions();
    if (listed.isEmpty()) {
      pooling =
          folder.further(POOLING + "/" + HuggingFaceFolder.CONFIG).isEmpty()
              ? SentencePooling.MEAN
              : pooling(folder, POOLING, dimensions, prompt);
      require(
          folder.path(),
          folder.further(DENSE + "/" + HuggingFaceFolder.CONFIG).isEmpty(),
          "%s follows the pooling, and no %s says how",
          DENSE,
          MODULES);
    } else {
      pooling = pooling(folder, checked(folder, listed.get()), dimensions, prompt);
      for (int at = 2; at < listed.get().size(); at++) {
        SentenceModule module = module(folder, listed.get().get(at), dimensions);
        modules.add(module);
        dimensions = module instanceof SentenceModule.Dense dense ? dense.out() : dimensions;
      }
    }
    if (modules.isEmpty()
        || !(modules.get(modules.size() - 1) instanceof SentenceModule.Normalize)) {
      modules.add(new SentenceModule.Normalize());
    }
    return new SentenceModules(pooling, modules, dimensions);
  }

  /** The folder of the pooling, which follows the model in the folder itself. */
  private static String checked(HuggingFaceFolder folder, JsonNode listed) throws IOException {
    require(
        folder.path(),
        type(listed.path(0)).equals("Transformer")
            && listed.path(0).path("path").asText().isEmpty(),
        "%s does not begin with a Transformer in the folder itself",
        MODULES);
    require(
        folder.path(),
        type(listed.path(1)).equals("Pooling"),
        "%s names %s after the Transformer, expected a Pooling",
        MODULES,
        listed.path(1).path("type").asText("nothing"));
    return listed.path(1).path("path").asText();
  }

  private static SentenceModule module(HuggingFaceFolder folder, JsonNode listed, int dimensions)
      throws IOException {
    String path = listed.path("path").asText();
    return switch (type(listed)) {
      case "Normalize" -> new SentenceModule.Normalize();
      case "Dense" -> dense(folder, path, dimensions);
      default ->
          throw new HuggingFaceException(
              folder.path(),
              "%s names %s (%s), expected Dense or Normalize after the pooling"
                  .formatted(MODULES, path, listed.path("type").asText()));
    };
  }

  /** Modules of other packages may have these names too, and do something else. */
  private static String type(JsonNode listed) {
    String type = listed.path("type").asText();
    return type.startsWith(LIBRARY) ? type.substring(type.lastIndexOf('.') + 1) : type;
  }

  private static ModelConfig config(HuggingFaceFolder folder, String path) throws IOException {
    String file = path + "/" + HuggingFaceFolder.CONFIG;
    Optional<ModelConfig> config = folder.further(file);
    require(folder.path(), config.isPresent(), "%s is missing", file);
    return config.orElseThrow();
  }

  private static SentencePooling pooling(
      HuggingFaceFolder folder, String path, int dimensions, Optional<String> prompt)
      throws IOException {
    ModelConfig config = config(folder, path);
    int pooled = config.size("word_embedding_dimension", dimensions);
    require(
        folder.path(),
        pooled == dimensions,
        "%s takes %d dimensions, found %d",
        path,
        pooled,
        dimensions);
    require(
        folder.path(),
        prompt.isEmpty() || config.flag(WITH_PROMPT, true),
        "%s leaves the prompt out (%s), expected none with such a pooling",
        path,
        WITH_PROMPT);
    if (config.present(MODE)) {
      List<String> labels =
          Arrays.stream(SentencePooling.values()).map(SentencePooling::label).toList();
      String label = config.oneOf(MODE, "mean", labels);
      return List.of(SentencePooling.values()).get(labels.indexOf(label));
    }
    List<String> on = modes(config);
    List<String> known =
        Arrays.stream(SentencePooling.values()).map(SentencePooling::mode).toList();
    require(
        folder.path(),
        on.size() == 1 && known.contains(on.get(0)),
        "%s pools by %s, expected one of %s",
        path,
        on,
        known);
    return List.of(SentencePooling.values()).get(known.indexOf(on.get(0)));
  }

  private static List<String> modes(ModelConfig config) throws IOException {
    List<String> on = new ArrayList<>();
    for (var names = config.json().fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (name.startsWith(MODE + "_") && config.flag(name, false)) {
        on.add(name.substring(MODE.length() + 1));
      }
    }
    return on;
  }

  private static SentenceModule.Dense dense(HuggingFaceFolder folder, String path, int dimensions)
      throws IOException {
    ModelConfig config = config(folder, path);
    int in = config.size("in_features");
    require(
        folder.path(), in == dimensions, "%s takes %d dimensions, found %d", path, in, dimensions);
    String activation = config.text("activation_function", TANH);
    String function = activation.substring(activation.lastIndexOf('.') + 1);
    require(
        folder.path(),
        function.equals(IDENTITY) || function.equals(TANH),
        "%s has %s for an activation, expected %s or %s",
        path,
        activation,
        IDENTITY,
        TANH);
    return new SentenceModule.Dense(
        path, in, config.size("out_features"), config.flag("bias", true), function.equals(TANH));
  }

  /** Adds the modules' weights to the model's. */
  void read(HuggingFaceFolder folder, Parameters parameters) throws IOException {
    for (SentenceModule module : modules) {
      if (module instanceof SentenceModule.Dense dense) {
        folder.addOf(
            dense.name(), "linear.weight", dense.matrix(), parameters, dense.out(), dense.in());
        if (dense.bias()) {
          folder.addOf(dense.name(), "linear.bias", dense.shift(), parameters, dense.out());
        }
      }
    }
  }

  /** Unit vectors of texts, shape (B, {@link #dimensions}). */
  NDArray vectors(TrainingStep step, TextTransformer model, int layers, TokenBatch texts) {
    NDArray x = pooling.of(step, model.layers(model.embed(texts), texts, 0, layers), texts);
    for (SentenceModule module : modules) {
      x = module.of(step, x);
    }
    return x;
  }

  /**
   * The same as nodes.
   *
   * @param hidden states (B, S, E)
   * @param present 1 for a token, 0 for padding, (B, S, 1)
   */
  String vectors(OnnxGraph graph, NamedWeights parameters, String hidden, String present) {
    String x = pooling.of(graph, hidden, present);
    for (SentenceModule module : modules) {
      x = module.of(graph, parameters, x);
    }
    return x;
  }

  /** Where texts are cut. */
  static int maxTokens(HuggingFaceFolder folder, TextTransformerShape shape) throws IOException {
    Optional<ModelConfig> sentence = folder.further(SETTINGS);
    int most =
        sentence.isPresent()
            ? Math.min(shape.maxTokens(), sentence.get().size(LENGTH, shape.maxTokens()))
            : shape.maxTokens();
    require(
        folder.path(),
        most >= TextTokenizer.MIN_TOKENS,
        "texts are cut to %d tokens by max_seq_length or positions, expected %d or more",
        most,
        TextTokenizer.MIN_TOKENS);
    return most;
  }

  /** The tokenizer as the folder means it, with a prompt before each text. */
  static byte[] tokenizer(HuggingFaceFolder folder, Optional<String> prompt) throws IOException {
    UserTextTokenizer.requireSameCase(folder.tokenizer(), folder.further("tokenizer_config.json"));
    Optional<ModelConfig> sentence = folder.further(SETTINGS);
    return UserTextTokenizer.json(
        folder.tokenizer(),
        prompt,
        sentence.isPresent() && sentence.get().flag("do_lower_case", false));
  }
}
