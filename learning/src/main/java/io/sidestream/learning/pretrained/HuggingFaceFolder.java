package io.sidestream.learning.pretrained;

import static io.sidestream.learning.pretrained.HuggingFaceException.require;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.model.bundle.SafetensorsFile;
import io.sidestream.model.bundle.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A model's folder in Hugging Face layout: {@code config.json}, {@code tokenizer.json}, {@code
 * model.safetensors}. Reads weights on demand; not thread-safe.
 */
final class HuggingFaceFolder {
  static final String CONFIG = "config.json";
  private static final String TOKENIZER = "tokenizer.json";
  static final String WEIGHTS = "model.safetensors";
  private static final String SHARDS = "model.safetensors.index.json";
  private static final String ADAPTER = "adapter_config.json";
  private static final String PICKLED = "pytorch_model.bin";

  private final Path folder;
  private final ModelConfig config;
  private final SafetensorsFile weights;
  private final Set<String> read = new HashSet<>();

  private HuggingFaceFolder(Path folder, ModelConfig config, SafetensorsFile weights) {
    this.folder = folder;
    this.config = config;
    this.weights = weights;
  }

  /** Refuses a folder where a file is missing or whose weights are quantized or split. */
  static HuggingFaceFolder open(Path folder) throws IOException {
    require(folder, Files.isDirectory(folder), "is no folder");
    requireFile(folder, CONFIG);
    requireFile(folder, TOKENIZER);
    require(
        folder,
        !Files.exists(folder.resolve(SHARDS)),
        "weights are split over several files (%s), expected one %s",
        SHARDS,
        WEIGHTS);
    require(
        folder,
        Files.exists(folder.resolve(WEIGHTS)) || !Files.exists(folder.resolve(PICKLED)),
        "weights are in %s, expected %s",
        PICKLED,
        WEIGHTS);
    requireFile(folder, WEIGHTS);
    require(
        folder,
        !Files.exists(folder.resolve(ADAPTER)),
        "has an adapter (%s), expected its weights in %s",
        ADAPTER,
        WEIGHTS);
    ModelConfig config = new ModelConfig(folder, CONFIG, json(folder, CONFIG));
    require(
        folder,
        !config.present("quantization_config"),
        "weights are quantized (quantization_config), expected F32, F16 or BF16");
    try {
      return new HuggingFaceFolder(folder, config, SafetensorsFile.open(folder.resolve(WEIGHTS)));
    } catch (SafetensorsFile.FormatException e) {
      throw new HuggingFaceException(e);
    }
  }

  private static void requireFile(Path folder, String name) throws IOException {
    require(folder, Files.isRegularFile(folder.resolve(name)), "%s is missing", name);
  }

  private static JsonNode json(Path folder, String name) throws IOException {
    try {
      JsonNode json = new ObjectMapper().readTree(folder.resolve(name).toFile());
      require(folder, json.isObject(), "%s is not a JSON object", name);
      return json;
    } catch (JsonProcessingException e) {
      throw new HuggingFaceException(folder, name + " is not JSON", e);
    }
  }

  Path path() {
    return folder;
  }

  ModelConfig config() {
    return config;
  }

  Path tokenizer() {
    return folder.resolve(TOKENIZER);
  }

  /** A further JSON file that folders of some libraries hold. */
  Optional<ModelConfig> further(String name) throws IOException {
    return Files.exists(folder.resolve(name))
        ? Optional.of(new ModelConfig(folder, name, json(folder, name)))
        : Optional.empty();
  }

  /** A further JSON file that holds a list. */
  Optional<JsonNode> list(String name) throws IOException {
    if (!Files.exists(folder.resolve(name))) {
      return Optional.empty();
    }
    try {
      JsonNode json = new ObjectMapper().readTree(folder.resolve(name).toFile());
      require(folder, json.isArray(), "%s is not a JSON list", name);
      return Optional.of(json);
    } catch (JsonProcessingException e) {
      throw new HuggingFaceException(folder, name + " is not JSON", e);
    }
  }

  /** Puts a tensor of a further folder inside this one among the parameters. */
  void addOf(String inside, String tensor, String name, Parameters parameters, long... shape)
      throws IOException {
    requireFile(folder, inside + "/" + WEIGHTS);
    parameters.add(name, floats(folder.resolve(inside), tensor, shape), shape);
  }

  private static float[] floats(Path folder, String tensor, long... shape) throws IOException {
    try {
      return floats(folder, SafetensorsFile.open(folder.resolve(WEIGHTS)), tensor, shape);
    } catch (SafetensorsFile.FormatException e) {
      throw new HuggingFaceException(e);
    }
  }

  boolean has(String tensor) {
    return weights.names().contains(tensor);
  }

  /** Puts a tensor among the parameters under a name of its own. */
  void add(Parameters parameters, String name, String tensor, long... shape) throws IOException {
    parameters.add(name, floats(tensor, shape), shape);
  }

  float[] floats(String tensor, long... shape) throws IOException {
    read.add(tensor);
    try {
      return floats(folder, weights, tensor, shape);
    } catch (SafetensorsFile.FormatException e) {
      throw new HuggingFaceException(e);
    }
  }

  private static float[] floats(Path folder, SafetensorsFile weights, String tensor, long... shape)
      throws IOException {
    Path file = folder.resolve(WEIGHTS);
    Tensor found = weights.tensor(tensor);
    long[] lengths = Arrays.stream(found.shape()).asLongStream().toArray();
    require(
        file,
        Arrays.equals(lengths, shape),
        "tensor %s has shape %s, expected %s",
        tensor,
        Arrays.toString(lengths),
        Arrays.toString(shape));
    require(
        file,
        found.type().isFloat(),
        "tensor %s holds %s, expected F32, F16 or BF16",
        tensor,
        found.type());
    float[] values = found.floats();
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new HuggingFaceException(
            file, "tensor %s holds %s, expected finite numbers".formatted(tensor, value));
      }
    }
    return values;
  }

  /**
   * Refuses a file with tensors that were not read: it is of another model than its configuration.
   */
  void requireAllRead(Predicate<String> needless) throws IOException {
    for (String name : weights.names()) {
      require(
          folder,
          read.contains(name) || needless.test(name),
          "tensor %s is not one of a %s that is supported",
          name,
          config.text("model_type"));
    }
  }
}
