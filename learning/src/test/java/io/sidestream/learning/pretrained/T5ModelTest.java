package io.sidestream.learning.pretrained;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sidestream.learning.decoding.BeamsOf;
import io.sidestream.learning.decoding.GroupBeamSearch.AllowedTokens;
import io.sidestream.learning.decoding.GroupBeamSearch.GeneratedSequence;
import io.sidestream.learning.tensor.FiniteDifferences;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.TrainingStep;
import io.sidestream.learning.transformer.Dropout;
import io.sidestream.learning.transformer.TokenBatch;
import io.sidestream.model.bundle.Safetensors;
import io.sidestream.model.onnx.Device;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class T5ModelTest {
  private static final float TOLERANCE = 1e-4f;

  /** A folder of the golden files, opened. */
  private record Opened(
      T5Config config, Parameters parameters, JsonNode expected, Safetensors tensors)
      implements AutoCloseable {
    static Opened of(String name) throws Exception {
      HuggingFaceFolder folder = HuggingFaceFolder.open(Golden.path(name));
      T5Config config = T5Config.of(folder);
      return new Opened(
          config,
          T5Weights.read(folder, config, 0, Device.CPU, new SplittableRandom(1)),
          Golden.json(name + "/expected.json"),
          Safetensors.read(Golden.path(name + "/expected.safetensors")));
    }

    TokenBatch prompts() {
      return TokenBatch.of(sequences("ids"), config.padToken());
    }

    DecoderTargets answers() {
      return DecoderTargets.of(sequences("answers"), config.startToken());
    }

    private List<long[]> sequences(String key) {
      List<long[]> sequences = new ArrayList<>();
      expected.get(key).forEach(ids -> sequences.add(Golden.longs(ids)));
      return sequences;
    }

    @Override
    public void close() {
      parameters.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"t5-gated", "t5-relu"})
  void encode_goldenPrompts_isWhatTransformersMakesOfThem(String name) throws Exception {
    try (Opened opened = Opened.of(name);
        TrainingStep step = TrainingStep.computing(opened.parameters())) {
      TokenBatch prompts = opened.prompts();
      float[] memory =
          new T5Model(step, opened.config(), Dropout.NONE).encode(prompts).toFloatArray();
      int dimensions = opened.config().shape().dimensions();
      for (int row = 0; row < prompts.size(); row++) {
        int size = prompts.lengths()[row] * dimensions;
        int from = row * prompts.length() * dimensions;
        float[] expected = opened.tensors().tensor("memory_" + row).floats();
        assertArrayEquals(expected, Arrays.copyOfRange(memory, from, from + size), TOLERANCE);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"t5-gated", "t5-relu"})
  void logits_goldenAnswers_areThoseOfTransformers(String name) throws Exception {
    try (Opened opened = Opened.of(name);
        TrainingStep step = TrainingStep.computing(opened.parameters())) {
      T5Model model = new T5Model(step, opened.config(), Dropout.NONE);
      DecoderTargets answers = opened.answers();
      float[] logits = answers.logits(model, step, opened.prompts()).toFloatArray();
      float[] expected = opened.tensors().tensor("logits").floats();
      assertArrayEquals(expected, logits, TOLERANCE);
      float loss = answers.loss(model, step, opened.prompts()).toFloatArray()[0];
      assertEquals(opened.expected().get("loss").asDouble(), loss, TOLERANCE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"t5-gated", "t5-relu"})
  void search_goldenSearches_findWhatTransformersFinds(String name) throws Exception {
    try (Opened opened = Opened.of(name);
        T5Decoder decoder =
            new T5Decoder(
                opened.parameters(),
                opened.config(),
                Golden.longs(opened.expected().get("prompt")))) {
      AllowedTokens trie = trie(opened.expected().get("trie"));
      for (JsonNode search : opened.expected().get("searches")) {
        boolean constrained = search.get("constrained").asBoolean();
        List<GeneratedSequence> found =
            BeamsOf.settings(search).search(decoder, constrained ? trie : AllowedTokens.ANY);
        BeamsOf.assertFound(search, found, name + " " + search.get("beams"));
      }
    }
  }

  /** The children of a prefix among IDs of two tokens, the end after anything else. */
  private static AllowedTokens trie(JsonNode ids) {
    return (prefix, vocabulary) -> {
      List<Integer> follow = new ArrayList<>();
      for (JsonNode id : ids) {
        int[] tokens = Golden.ints(id);
        boolean begins = prefix.length < 2 && Arrays.mismatch(prefix, tokens) == prefix.length;
        if (begins && !follow.contains(tokens[prefix.length])) {
          follow.add(tokens[prefix.length]);
        }
      }
      return follow.isEmpty()
          ? new int[] {1}
          : follow.stream().sorted().mapToInt(Integer::intValue).toArray();
    };
  }

  @Test
  void after_manyPrefixes_keepsNothingBesideThePrompt() throws Exception {
    try (Opened opened = Opened.of("t5-gated");
        T5Decoder decoder =
            new T5Decoder(
                opened.parameters(),
                opened.config(),
                Golden.longs(opened.expected().get("prompt")))) {
      int before = decoder.tensors();
      for (int token = 0; token < 5; token++) {
        decoder.after(List.of(new int[] {token}));
      }
      assertEquals(before, decoder.tensors());
    }
  }

  @Test
  void loss_allWeights_gradientsEqualFiniteDifferences() throws Exception {
    try (Opened opened = Opened.of("t5-gated");
        Parameters exact = FiniteDifferences.parameters()) {
      opened
          .parameters()
          .names()
          .forEach(
              weight ->
                  exact.add(
                      weight,
                      opened.parameters().floats(weight),
                      opened.parameters().shape(weight)));
      FiniteDifferences.check(
          exact,
          step ->
              opened
                  .answers()
                  .loss(new T5Model(step, opened.config(), Dropout.NONE), step, opened.prompts()));
    }
  }

  @Test
  void read_newTokens_getRowsAtTheMeanOfTheOldOnes() throws Exception {
    HuggingFaceFolder folder = HuggingFaceFolder.open(Golden.path("t5-gated"));
    T5Config config = T5Config.of(folder);
    try (Parameters parameters =
        T5Weights.read(folder, config, 5, Device.CPU, new SplittableRandom(2))) {
      for (String table : List.of(T5Weights.TOKENS, T5Weights.OUTPUT)) {
        float[] rows = parameters.floats(table);
        int columns = config.shape().dimensions();
        assertEquals((config.vocabulary() + 5) * columns, rows.length);
        for (int column = 0; column < columns; column++) {
          double mean = 0;
          for (int row = 0; row < config.vocabulary(); row++) {
            mean += rows[row * columns + column] / config.vocabulary();
          }
          for (int row = config.vocabulary(); row < config.vocabulary() + 5; row++) {
            float found = rows[row * columns + column];
            assertEquals(mean, found, 1e-3);
            assertTrue(row == config.vocabulary() || found != rows[(row - 1) * columns + column]);
          }
        }
      }
    }
  }
}
