package io.sidestream.learning.pretrained;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.learning.biencoder.BiEncoderCorpus;
import io.sidestream.learning.biencoder.BiEncoderCorpus.QueryItem;
import io.sidestream.learning.biencoder.BiEncoderSettings;
import io.sidestream.learning.biencoder.BiEncoderTraining;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.settings.Profile;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.learning.tensor.FiniteDifferences;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.TrainingStep;
import io.sidestream.learning.transformer.TextTransformer;
import io.sidestream.learning.transformer.TextTransformerShape;
import io.sidestream.model.bundle.Safetensors;
import io.sidestream.model.bundle.Tensor;
import io.sidestream.model.onnx.Device;
import io.sidestream.model.text.TextTokenizer;
import io.sidestream.model.vectors.Towers;
import io.sidestream.model.vectors.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PretrainedEncoderTest {
  private static final float TOLERANCE = 1e-4f;
  private static final PretrainedEncoder.Settings SETTINGS =
      new PretrainedEncoder.Settings(30, 30, 4, 3e-3, 0.1, 0.05);
  private static final List<TextPair> QUERIES =
      List.of(
          new TextPair("heist", "a heist in the dream"),
          new TextPair("rain", "the city of rain and fog"),
          new TextPair("love", "robots love trains"),
          new TextPair("king", "the old king lost the house"));
  private static final List<TextPair> ITEMS =
      List.of(
          new TextPair("a heist in the dream", "the old king lost the house"),
          new TextPair("robots love trains", "the city of rain and fog"));

  @TempDir Path root;

  @ParameterizedTest
  @ValueSource(strings = {"mpnet", "bert", "xlm-roberta"})
  void encode_goldenTexts_givesTheVectorsOfSentenceTransformers(String name) throws Exception {
    JsonNode expected = Golden.json("encoders.json").get(name);
    List<String> texts = texts(expected.get("texts"));
    try (PretrainedEncoder encoder = PretrainedEncoder.open(Golden.path(name))) {
      float[][] vectors = encoder.encode(texts);
      assertEquals(24, encoder.dimensions());
      for (int i = 0; i < vectors.length; i++) {
        float[] golden = Golden.floats(expected.get("vectors").get(i));
        assertArrayEquals(golden, vectors[i], TOLERANCE, texts.get(i));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mpnet", "bert", "xlm-roberta"})
  void marked_goldenTexts_givesTheReferencesTokens(String name) throws Exception {
    JsonNode expected = Golden.json("encoders.json").get(name);
    try (TextTokenizer words =
        UserTextTokenizer.open(Golden.path(name).resolve("tokenizer.json"), 20)) {
      int at = 0;
      for (String text : texts(expected.get("texts"))) {
        assertArrayEquals(Golden.longs(expected.get("ids").get(at++)), words.encode(text), text);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"mpnet, 4", "xlm-roberta, 53"})
  void marked_typedMarkers_areWords(String name, long mask) throws Exception {
    Path tokenizer = Golden.path(name).resolve("tokenizer.json");
    try (TextTokenizer words = UserTextTokenizer.open(tokenizer, 20)) {
      for (long id : words.encodeBare("</s> <mask><pad><s>")) {
        assertTrue(id >= 3 && id != mask, "token " + id); // 3 is an unknown word
      }
    }
  }

  /** The folder's own prompt where none is given; the tokenizer that goes into bundles has it. */
  @ParameterizedTest
  @ValueSource(strings = {"query", "passage"})
  void encode_prompt_givesTheVectorsOfSentenceTransformers(String name) throws Exception {
    JsonNode expected = Golden.json("encoders.json").get("bert-prompt").get(name);
    Optional<String> prompt = Optional.of(expected.get("prompt").asText());
    EncoderFolder folder =
        new EncoderFolder(
            Golden.path("bert-prompt"), 512, prompt.filter(given -> name.equals("passage")));
    List<String> texts = texts(expected.get("texts"));
    Path exported = root.resolve("tokenizer.json");
    try (PretrainedEncoder encoder = PretrainedEncoder.open(folder, Device.CPU)) {
      assertEquals(prompt, encoder.prompt());
      encoder.exportTokenizer(exported);
      try (TextTokenizer words = TextTokenizer.open(exported, encoder.maxTokens())) {
        float[][] vectors = encoder.encode(texts);
        for (int i = 0; i < vectors.length; i++) {
          String text = texts.get(i);
          assertArrayEquals(Golden.longs(expected.get("ids").get(i)), words.encode(text), text);
          float[] golden = Golden.floats(expected.get("vectors").get(i));
          assertArrayEquals(golden, vectors[i], TOLERANCE, text);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mpnet", "bert", "xlm-roberta"})
  void loss_goldenPairs_isThatOfSentenceTransformers(String name) throws Exception {
    JsonNode expected = Golden.json("encoders.json").get(name);
    HuggingFaceFolder folder = HuggingFaceFolder.open(Golden.path(name));
    TextTransformerShape shape = TextModelWeights.shape(folder.config());
    try (TextTokenizer words = UserTextTokenizer.open(folder.tokenizer(), 20);
        Parameters parameters = TextModelWeights.read(folder, shape, Device.CPU);
        Parameters exact = FiniteDifferences.parameters()) {
      List<long[]> anchors = new ArrayList<>();
      List<long[]> positives = new ArrayList<>();
      for (JsonNode pair : expected.get("pairs")) {
        anchors.add(words.encode(pair.get(0).asText()));
        positives.add(words.encode(pair.get(1).asText()));
      }
      long[] rows = {0, 1, 2};
      try (TrainingStep step = TrainingStep.computing(parameters)) {
        TextTransformer model = new TextTransformer(step, shape);
        float loss =
            TextTraining.loss(model::vectors, anchors, positives, rows, 0.05).toFloatArray()[0];
        assertEquals(expected.get("ranking_loss").asDouble(), loss, 1e-3);
      }
      parameters
          .names()
          .forEach(
              weight -> exact.add(weight, parameters.floats(weight), parameters.shape(weight)));
      FiniteDifferences.check(
          exact,
          step ->
              TextTraining.loss(
                  new TextTransformer(step, shape)::vectors, anchors, positives, rows, 0.5));
    }
  }

  @Test
  void fineTuned_pairs_comeNearer() throws Exception {
    try (PretrainedEncoder before = PretrainedEncoder.open(Golden.path("mpnet"));
        PretrainedEncoder after = tuned(5)) {
      assertTrue(margin(after) > margin(before) + 0.1, margin(before) + " to " + margin(after));
    }
  }

  @Test
  void fineTuned_sameSeed_givesTheSameVectors() throws Exception {
    try (PretrainedEncoder one = tuned(6);
        PretrainedEncoder two = tuned(6)) {
      assertArrayEquals(one.encode(List.of("rain"))[0], two.encode(List.of("rain"))[0]);
    }
  }

  @Test
  void encode_vectors_areWhatTheBiEncoderLearnsFrom() throws Exception {
    List<String> texts = QUERIES.stream().map(TextPair::positive).toList();
    List<String> queries = QUERIES.stream().map(TextPair::anchor).toList();
    try (PretrainedEncoder encoder = PretrainedEncoder.open(Golden.path("mpnet"))) {
      BiEncoderCorpus corpus =
          new BiEncoderCorpus(
              texts,
              encoder.encode(texts),
              new float[4][3],
              queries,
              encoder.encode(queries),
              IntStream.range(0, 4).mapToObj(row -> new QueryItem(row, row, 1)).toList(),
              List.of(),
              List.of(),
              new boolean[] {true, true, true, true});
      BiEncoderSettings settings =
          TrainingSettings.profile(Profile.QUICK)
              .with(
                  Map.of(
                      "trainer.encoder.dimensions", "16",
                      "trainer.encoder.steps", "200",
                      "trainer.encoder.batch.size", "4",
                      "trainer.encoder.learning.rate", "1e-2"))
              .encoder();
      Towers towers = BiEncoderTraining.train(corpus, settings, 3, TrainingProgress.NONE).towers();
      assertEquals(encoder.dimensions(), towers.textDimensions());
      for (int i = 0; i < 4; i++) {
        float[] query = towers.query(corpus.queryVectors()[i]);
        double own = Vectors.dot(query, towers.item(corpus.textVectors()[i], Optional.empty()));
        for (int j = 0; j < 4; j++) {
          double other = Vectors.dot(query, towers.item(corpus.textVectors()[j], Optional.empty()));
          assertTrue(other <= own, "query " + i + " prefers item " + j);
        }
      }
    }
  }

  private static PretrainedEncoder tuned(long seed) throws IOException {
    return PretrainedEncoder.fineTuned(
        Golden.path("mpnet"), QUERIES, ITEMS, SETTINGS, seed, TrainingProgress.NONE);
  }

  /** Mean cosine of queries with their own items less that with others. */
  private static double margin(PretrainedEncoder encoder) {
    float[][] queries = encoder.encode(QUERIES.stream().map(TextPair::anchor).toList());
    float[][] items = encoder.encode(QUERIES.stream().map(TextPair::positive).toList());
    double margin = 0;
    for (int i = 0; i < queries.length; i++) {
      for (int j = 0; j < items.length; j++) {
        margin += Vectors.dot(queries[i], items[j]) * (i == j ? 1. / 4 : -1. / 12);
      }
    }
    return margin;
  }

  @Test
  void open_whatIsNotSupported_isNamed() throws Exception {
    Path folder = copy();
    assertRefused(
        folder,
        "config.json",
        c -> c.put("model_type", "roberta"),
        "model: model_type is roberta, expected one of [mpnet, bert, xlm-roberta]");
    assertRefused(
        folder,
        "config.json",
        c -> c.put("hidden_act", "gelu_new"),
        "model: hidden_act is gelu_new, expected one of [gelu]");
    assertRefused(
        folder,
        "config.json",
        c -> c.put("num_attention_heads", 5),
        "model: hidden_size 24 does not divide among 5 heads");
    assertRefused(
        folder,
        "config.json",
        c -> c.put("relative_attention_num_buckets", 16),
        "model: relative_attention_num_buckets is 16, expected 32");
    assertRefused(
        folder,
        "config.json",
        c -> c.put("pad_token_id", 0),
        "model: pad_token_id is 0, expected 1, after which positions are counted");
    assertRefused(
        folder,
        "config.json",
        c -> c.put("vocab_size", 16_000_000).put("hidden_size", 48),
        "model: encoder has 3.1 GB of weights, expected at most 2.1 GB");
    assertRefused(
        folder,
        "config.json",
        c -> c.put("num_hidden_layers", 1),
        "model: tensor encoder.layer.1.attention.LayerNorm.bias is not one of a mpnet that is"
            + " supported");
    assertRefused(
        folder,
        "1_Pooling/config.json",
        c -> c.put("pooling_mode_cls_token", true),
        "model: 1_Pooling pools by [mean_tokens, cls_token], expected one of [mean_tokens,"
            + " mean_sqrt_len_tokens, max_tokens, cls_token]");
    assertRefused(
        folder,
        "1_Pooling/config.json",
        c -> c.put("pooling_mode_mean_tokens", false),
        "model: 1_Pooling pools by [], expected one of [mean_tokens, mean_sqrt_len_tokens,"
            + " max_tokens, cls_token]");
  }

  private static void assertRefused(
      Path folder, String file, Consumer<ObjectNode> change, String message) throws IOException {
    Path path = folder.resolve(file);
    byte[] before = Files.readAllBytes(path);
    ObjectNode json = (ObjectNode) new ObjectMapper().readTree(before);
    change.accept(json);
    Files.writeString(path, json.toString());
    HuggingFaceException refused =
        assertThrows(HuggingFaceException.class, () -> PretrainedEncoder.open(folder));
    assertEquals(message, refused.getMessage());
    Files.write(path, before);
  }

  @Test
  void open_weightsSavedWithAHead_areFoundBehindTheirPrefix() throws Exception {
    Path folder = copy();
    Path file = folder.resolve("model.safetensors");
    Map<String, Tensor> prefixed = new TreeMap<>();
    Safetensors.read(file).tensors().forEach((name, t) -> prefixed.put("mpnet." + name, t));
    prefixed.put("lm_head.bias", Tensor.floats(new float[2], 2));
    new Safetensors(prefixed).write(file);
    try (PretrainedEncoder bare = PretrainedEncoder.open(Golden.path("mpnet"));
        PretrainedEncoder found = PretrainedEncoder.open(folder)) {
      assertArrayEquals(bare.encode(List.of("rain"))[0], found.encode(List.of("rain"))[0]);
    }
  }

  @Test
  void encode_textLongerThanTheModel_isCut() throws Exception {
    try (PretrainedEncoder encoder = PretrainedEncoder.open(Golden.path("mpnet"))) {
      float[][] vectors = encoder.encode(List.of("rain ".repeat(18), "rain ".repeat(500), ""));
      assertArrayEquals(vectors[0], vectors[1], 1e-6f);
      assertEquals(1, Vectors.dot(vectors[2], vectors[2]), 1e-5);
    }
  }

  private Path copy() throws IOException {
    Path folder = Files.createDirectory(root.resolve("model"));
    for (String file : new String[] {"config.json", "tokenizer.json", "model.safetensors"}) {
      Files.copy(Golden.path("mpnet").resolve(file), folder.resolve(file));
    }
    Files.createDirectory(folder.resolve("1_Pooling"));
    Files.writeString(
        folder.resolve("1_Pooling/config.json"),
        "{\"pooling_mode_mean_tokens\": true, \"pooling_mode_cls_token\": false}");
    return folder;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
