package io.sidestream.learning.pretrained;

import static io.sidestream.schemas.Checks.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.model.bundle.Safetensors;
import io.sidestream.model.bundle.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes a trained model as a folder in Hugging Face layout, the way it came. */
final class SavedFolder {
  private static final List<String> AS_THEY_ARE =
      List.of(
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "modules.json",
          "sentence_bert_config.json",
          "1_Pooling/config.json");

  private SavedFolder() {}

  /**
   * @param folder need not be there; must hold no model yet
   * @param source where the model came from
   */
  static void write(Path folder, HuggingFaceFolder source, ObjectNode config, Parameters parameters)
      throws IOException {
    Path weights = folder.resolve(HuggingFaceFolder.WEIGHTS);
    check(!Files.exists(weights), "%s holds a model already", folder.getFileName());
    Files.createDirectories(folder);
    for (String name : AS_THEY_ARE) {
      Path file = source.path().resolve(name);
      if (Files.exists(file)) {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.copy(file, folder.resolve(name));
      }
    }
    Files.writeString(folder.resolve(HuggingFaceFolder.CONFIG), config.toPrettyString());
    Map<String, Tensor> tensors = new TreeMap<>();
    for (String name : parameters.names()) {
      int[] shape = Arrays.stream(parameters.shape(name)).mapToInt(Math::toIntExact).toArray();
      tensors.put(name, Tensor.floats(parameters.floats(name), shape));
    }
    new Safetensors(tensors, Map.of("format", "pt")).write(weights);
  }
}
