package io.sidestream.learning.pretrained;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.model.bundle.Safetensors;
import io.sidestream.model.bundle.Tensor;
import io.sidestream.model.onnx.Device;
import io.sidestream.model.text.TextTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Folders as they were published or saved again, each with a fault that was met. */
class FolderFaultsTest {
  private static final String UNUSED =
      "decoder.block.0.layer.1.EncDecAttention.relative_attention_bias.weight";

  @TempDir Path root;

  @Tag("case-03")
  @Test
  void case03_t5SavedByTransformers5_isTheModelThatWasSaved() throws IOException {
    for (String name : List.of("t5-gated", "served/t5-resaved")) {
      T5Config config = T5Config.of(HuggingFaceFolder.open(Golden.path(name)));
      assertTrue(!config.tied() && !config.scaled(), name);
    }
    T5Config first = T5Config.of(HuggingFaceFolder.open(Golden.path("t5-relu")));
    assertTrue(first.tied() && first.scaled());
    T5Config unscaled = T5Config.of(HuggingFaceFolder.open(Golden.path("served/t5-unscaled")));
    assertTrue(unscaled.tied() && !unscaled.scaled());
  }

  @Tag("case-03")
  @Test
  void case03_t5SavedByTransformers5WithAnotherOutput_readsItOrRefusesItsShape()
      throws IOException {
    Path zero = copy("served/t5-resaved");
    weights(zero, all -> all.put(T5Weights.OUTPUT, Tensor.floats(new float[150 * 16], 150, 16)));
    HuggingFaceFolder folder = HuggingFaceFolder.open(zero);
    T5Config config = T5Config.of(folder);
    try (Parameters read = T5Weights.read(folder, config, 0, Device.CPU, new SplittableRandom(1))) {
      float[] output = read.floats(T5Weights.OUTPUT);
      assertEquals(-1, Arrays.mismatch(output, new float[output.length]));
    }
    weights(zero, all -> all.put(T5Weights.OUTPUT, Tensor.floats(new float[9], 3, 3)));
    assertRefused(
        () -> PretrainedGenerator.requireSupported(zero),
        "model.safetensors: tensor lm_head.weight has shape [3, 3], expected [150, 16]");
  }

  @Tag("case-04")
  @Test
  void case04_t5OfTheFirstVersion_needsNoUnusedBiasAndNoTypeOfTokenizer() throws IOException {
    Path folder = copy("t5-relu");
    weights(folder, all -> all.put(UNUSED, Tensor.floats(new float[4], 2, 2)));
    json(folder.resolve("tokenizer.json"), root -> ((ObjectNode) root.get("model")).remove("type"));
    PretrainedGenerator.requireSupported(folder);
  }

  @Tag("case-06")
  @Test
  void case06_moduleInAFolderOfItsOwnName_isReadOrRefusedByName() throws IOException {
    Path folder = copy("served/mpnet-dense");
    try (PretrainedEncoder encoder = PretrainedEncoder.open(folder)) {
      assertEquals(10, encoder.dimensions());
    }
    json(
        folder.resolve("3_Narrow/config.json"),
        config -> config.put("activation_function", "torch.nn.modules.activation.ReLU"));
    assertRefused(
        () -> PretrainedEncoder.open(folder),
        "model: 3_Narrow has torch.nn.modules.activation.ReLU for an activation, expected Identity"
            + " or Tanh");
    Path modules = folder.resolve("modules.json");
    String listed = Files.readString(modules);
    Files.writeString(modules, listed.replace("models.Dense", "models.LayerNorm"));
    assertRefused(
        () -> PretrainedEncoder.open(folder),
        "model: modules.json names 3_Narrow (sentence_transformers.models.LayerNorm), expected"
            + " Dense or Normalize after the pooling");
    Files.delete(folder.resolve("3_Narrow/model.safetensors"));
    Files.writeString(modules, listed);
    json(
        folder.resolve("3_Narrow/config.json"),
        config -> config.put("activation_function", "torch.nn.modules.linear.Identity"));
    assertRefused(
        () -> PretrainedEncoder.open(folder), "model: 3_Narrow/model.safetensors is missing");
  }

  @Tag("case-08")
  @Test
  void case08_tokenizerThatKnowsMoreThanTheTable_isRefused() throws IOException {
    Path encoder = copy("mpnet");
    json(
        encoder.resolve("tokenizer.json"),
        root -> ((ObjectNode) root.get("model").get("vocab")).put("zebra", 400));
    int vocabulary = HuggingFaceFolder.open(encoder).config().size("vocab_size");
    assertRefused(
        () -> PretrainedEncoder.open(encoder),
        "tokenizer.json: token \"zebra\" has id 400, and the model's vocab_size is " + vocabulary);
    Path generator = copy("t5-gated");
    json(generator.resolve("config.json"), config -> config.put("vocab_size", 20));
    weights(
        generator,
        all -> {
          all.put(T5Weights.TOKENS, Tensor.floats(new float[20 * 16], 20, 16));
          all.put(T5Weights.OUTPUT, Tensor.floats(new float[20 * 16], 20, 16));
        });
    HuggingFaceException refused =
        assertThrows(
            HuggingFaceException.class, () -> PretrainedGenerator.requireSupported(generator));
    assertTrue(
        refused.getMessage().endsWith("tokens, and the model's vocab_size is 20"),
        refused.getMessage());
  }

  @Tag("case-06")
  @Test
  void case06_moduleOfAnotherPackage_isRefused() throws IOException {
    Path folder = copy("served/mpnet-dense");
    Path modules = folder.resolve("modules.json");
    String listed = Files.readString(modules);
    Files.writeString(
        modules, listed.replace("sentence_transformers.models.Normalize", "own.models.Normalize"));
    assertRefused(
        () -> PretrainedEncoder.open(folder),
        "model: modules.json names 2_Normalize (own.models.Normalize), expected Dense or Normalize"
            + " after the pooling");
  }

  @Tag("case-06")
  @Test
  void open_promptThatCannotBePutBeforeTexts_isRefused() throws IOException {
    Path folder = copy("served/mpnet-dense");
    Path prompts = folder.resolve("config_sentence_transformers.json");
    Files.writeString(
        prompts,
        "{\"prompts\": {\"film\": \"a film: \", \"none\": \"\"}, \"default_prompt_name\": \"none\"}");
    try (PretrainedEncoder plain = PretrainedEncoder.open(folder)) {
      assertEquals(Optional.empty(), plain.prompt());
    }
    json(prompts, config -> config.put("default_prompt_name", "book"));
    assertRefused(
        () -> PretrainedEncoder.open(folder),
        "model: default_prompt_name is book, which prompts do not have");
    json(prompts, config -> config.put("default_prompt_name", "film"));
    json(folder.resolve("1_Pooling/config.json"), config -> config.put("include_prompt", false));
    assertRefused(
        () -> PretrainedEncoder.open(folder),
        "model: 1_Pooling leaves the prompt out (include_prompt), expected none with such a"
            + " pooling");
    json(folder.resolve("1_Pooling/config.json"), config -> config.put("include_prompt", true));
    EncoderFolder shortened = new EncoderFolder(folder, 5, Optional.empty());
    assertRefused(
        () -> PretrainedEncoder.open(shortened, Device.CPU),
        "model: prompt \"a film: \" fills the 5 tokens at which texts are cut");
    added(folder, "heist", 11, false);
    assertRefused(
        () -> PretrainedEncoder.open(folder),
        "tokenizer.json: has words that were added, and a prompt goes with none");
    json(prompts, config -> ((ObjectNode) config.get("prompts")).put("film", "a".repeat(1_001)));
    assertRefused(
        () -> PretrainedEncoder.open(folder),
        "model: prompt film has 1001 characters, expected at most 1000");
    assertThrows(
        IllegalArgumentException.class,
        () -> new EncoderFolder(folder, 5, Optional.of("a".repeat(1_001))));
  }

  @Tag("case-06")
  @Test
  void case06_poolingOfOtherDimensions_orAnAdapter_isRefused() throws IOException {
    Path folder = copy("served/bert-cls");
    json(
        folder.resolve("1_Pooling/config.json"),
        config -> config.put("word_embedding_dimension", 25));
    assertRefused(
        () -> PretrainedEncoder.open(folder), "model: 1_Pooling takes 25 dimensions, found 24");
    Files.writeString(folder.resolve("adapter_config.json"), "{}");
    assertRefused(
        () -> PretrainedEncoder.open(folder),
        "model: has an adapter (adapter_config.json), expected its weights in model.safetensors");
  }

  @Tag("case-06")
  @Test
  void case06_poolingThatIsListedAndNotThere_isRefusedAndNoMean() throws IOException {
    Path folder = copy("served/bert-cls");
    Files.delete(folder.resolve("1_Pooling/config.json"));
    assertRefused(() -> PretrainedEncoder.open(folder), "model: 1_Pooling/config.json is missing");
    Files.delete(folder.resolve("modules.json"));
    try (PretrainedEncoder mean = PretrainedEncoder.open(folder)) {
      assertEquals(24, mean.dimensions());
    }
  }

  @Test
  void open_fileThatLacksAKey_isNamed() throws IOException {
    Path folder = copy("served/mpnet-dense");
    json(folder.resolve("3_Narrow/config.json"), config -> config.remove("in_features"));
    assertRefused(
        () -> PretrainedEncoder.open(folder), "model: 3_Narrow/config.json has no in_features");
  }

  /** It passed the check at the start, and the training failed on it. */
  @Test
  void open_lengthThatLeavesNothingOfATextBetweenItsMarks_isRefused() throws IOException {
    Path folder = copy("bert");
    Files.writeString(folder.resolve("sentence_bert_config.json"), "{\"max_seq_length\": 2}");
    assertRefused(
        () -> PretrainedEncoder.open(folder),
        "model: texts are cut to 2 tokens by max_seq_length or positions, expected 3 or more");
  }

  @Test
  void open_weightsThatAreNoNumbers_areRefused() throws IOException {
    Path folder = copy("bert");
    weights(
        folder,
        all ->
            all.computeIfPresent(
                "embeddings.LayerNorm.bias",
                (name, tensor) -> {
                  float[] values = tensor.floats();
                  values[3] = Float.POSITIVE_INFINITY;
                  return Tensor.floats(values, tensor.shape());
                }));
    assertRefused(
        () -> PretrainedEncoder.open(folder),
        "model.safetensors: tensor embeddings.LayerNorm.bias holds Infinity, expected finite"
            + " numbers");
  }

  @Tag("case-06")
  @Test
  void case06_lowerCase_isHonouredOrRefused() throws IOException {
    Path folder = copy("bert");
    json(
        folder.resolve("tokenizer.json"),
        root -> ((ObjectNode) root.get("normalizer")).put("lowercase", false));
    try (PretrainedEncoder cased = PretrainedEncoder.open(folder)) {
      assertFalse(Arrays.equals(vector(cased, "the dream"), vector(cased, "The Dream")));
    }
    json(folder.resolve("sentence_bert_config.json"), config -> config.put("do_lower_case", true));
    try (PretrainedEncoder uncased = PretrainedEncoder.open(folder)) {
      assertArrayEquals(vector(uncased, "the dream"), vector(uncased, "The Dream"));
    }
    Files.writeString(folder.resolve("tokenizer_config.json"), "{\"do_lower_case\": true}");
    assertRefused(
        () -> PretrainedEncoder.open(folder),
        "tokenizer.json: lowercase is false, and do_lower_case is true in tokenizer_config.json");
  }

  @Tag("case-08")
  @Test
  void case08_addedWords_areTokensOfTheirOwn_andSpecialOnesAreNot() throws IOException {
    Path folder = copy("bert");
    added(folder, "spindrift", 52, false);
    assertRefused(
        () -> PretrainedEncoder.open(folder),
        "tokenizer.json: token \"spindrift\" has id 52, and the model's vocab_size is 52");
    byte[] json = UserTextTokenizer.json(folder.resolve("tokenizer.json"));
    try (TextTokenizer words = TextTokenizer.of(json, 20)) {
      assertArrayEquals(new long[] {52, 10}, words.encodeBare("spindrift dream"));
      assertTrue(Arrays.stream(words.encodeBare("[SEP]")).noneMatch(id -> id == 2));
    }
    added(folder, "far", 60, false);
    assertRefused(
        () -> UserTextTokenizer.json(folder.resolve("tokenizer.json")),
        "tokenizer.json: added token \"far\" has id 60, expected 53");
  }

  @Tag("case-04")
  @Test
  void case04_normsOfTheFirstBerts_areFoundUnderTheirOldNames() throws IOException {
    Path folder = copy("bert");
    weights(
        folder,
        all ->
            List.copyOf(all.keySet())
                .forEach(
                    name ->
                        all.put(
                            name.replace("LayerNorm.weight", "LayerNorm.gamma")
                                .replace("LayerNorm.bias", "LayerNorm.beta"),
                            all.remove(name))));
    try (PretrainedEncoder now = PretrainedEncoder.open(Golden.path("bert"));
        PretrainedEncoder old = PretrainedEncoder.open(folder)) {
      assertArrayEquals(vector(now, "rain"), vector(old, "rain"));
    }
  }

  private static float[] vector(PretrainedEncoder encoder, String text) {
    return encoder.encode(List.of(text))[0];
  }

  private static void added(Path folder, String word, int id, boolean special) throws IOException {
    json(
        folder.resolve("tokenizer.json"),
        root ->
            ((ArrayNode) root.get("added_tokens"))
                .addObject()
                .put("id", id)
                .put("content", word)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", true)
                .put("special", special));
  }

  private static void assertRefused(Executable read, String message) {
    assertEquals(message, assertThrows(HuggingFaceException.class, read).getMessage());
  }

  private Path copy(String name) throws IOException {
    Path source = Golden.path(name);
    Path target = Files.createTempDirectory(root, "").resolve("model");
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(source.relativize(file)));
      }
    }
    return target;
  }

  private static void json(Path file, Consumer<ObjectNode> change) throws IOException {
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    change.accept((ObjectNode) json);
    Files.writeString(file, json.toString());
  }

  private static void weights(Path folder, Consumer<Map<String, Tensor>> change)
      throws IOException {
    Path file = folder.resolve("model.safetensors");
    Map<String, Tensor> tensors = new TreeMap<>(Safetensors.read(file).tensors());
    change.accept(tensors);
    new Safetensors(tensors).write(file);
  }
}
