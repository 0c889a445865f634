package io.sidestream.learning.pretrained;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.model.bundle.Safetensors;
import io.sidestream.model.bundle.Tensor;
import io.sidestream.model.onnx.Device;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HuggingFaceFolderTest {
  @TempDir Path root;
  private Path folder;

  @BeforeEach
  void copy() throws IOException {
    folder = Files.createDirectory(root.resolve("model"));
    for (String file : new String[] {"config.json", "tokenizer.json", "model.safetensors"}) {
      Files.copy(Golden.path("t5-gated").resolve(file), folder.resolve(file));
    }
  }

  @Test
  void open_missingFiles_areNamed() throws IOException {
    for (String file : new String[] {"config.json", "tokenizer.json", "model.safetensors"}) {
      Path kept = folder.resolveSibling(file);
      Files.move(folder.resolve(file), kept);
      assertRefused("model: " + file + " is missing");
      Files.move(kept, folder.resolve(file));
    }
  }

  @Test
  void open_whatIsNoFolder_isRefused() {
    folder = root.resolve("nothing");
    assertRefused("nothing: is no folder");
  }

  @Test
  void open_splitWeights_areRefused() throws IOException {
    Files.writeString(folder.resolve("model.safetensors.index.json"), "{}");
    assertRefused(
        "model: weights are split over several files (model.safetensors.index.json), expected one"
            + " model.safetensors");
  }

  @Tag("M8")
  @Test
  void open_pickledWeights_areRefused() throws IOException {
    Files.move(folder.resolve("model.safetensors"), folder.resolve("pytorch_model.bin"));
    assertRefused("model: weights are in pytorch_model.bin, expected model.safetensors");
  }

  @Test
  void open_configurationThatIsNoJson_isRefused() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{");
    assertRefused("model: config.json is not JSON");
  }

  @Test
  void open_whatIsNotSupported_isNamed() throws IOException {
    assertRefusedWith(
        config -> config.putObject("quantization_config"),
        "model: weights are quantized (quantization_config), expected F32, F16 or BF16");
    assertRefusedWith(
        config -> config.put("model_type", "umt5"),
        "model: model_type is umt5, expected one of [t5]");
    assertRefusedWith(
        config -> config.put("feed_forward_proj", "gated-silu"),
        "model: feed_forward_proj is gated-silu, expected one of [relu, gated-gelu]");
    assertRefusedWith(config -> config.remove("d_model"), "model: config.json has no d_model");
    assertRefusedWith(
        config -> config.put("num_heads", 0), "model: num_heads is 0, expected 1 to 16777216");
    assertRefusedWith(
        config -> config.put("vocab_size", ModelConfig.MAX_SIZE + 1),
        "model: vocab_size is 16777217, expected 1 to 16777216");
    assertRefusedWith(
        config -> config.put("is_encoder_decoder", false),
        "model: is_encoder_decoder is false, expected encoder and decoder");
    assertRefusedWith(
        config -> config.put("eos_token_id", 150), "model: eos_token_id is 150, expected a token");
    assertRefusedWith(
        config -> config.put("d_kv", 7),
        "model.safetensors: tensor encoder.block.0.layer.0.SelfAttention.q.weight has shape [24,"
            + " 16], expected [28, 16]");
    assertRefusedWith(
        config -> config.put("num_decoder_layers", 2),
        "model: tensor decoder.block.2.layer.0.SelfAttention.k.weight is not one of a t5 that is"
            + " supported");
    assertRefusedWith(
        config -> config.put("num_layers", 3).put("num_decoder_layers", 3),
        "model.safetensors: tensor encoder.block.2.layer.0.SelfAttention.q.weight is missing");
  }

  @Test
  void open_quantizedTensor_isNamed() throws IOException {
    rewrite(tensors -> tensors.put("lm_head.weight", Tensor.bytes(new byte[150 * 16], 150, 16)));
    assertRefused("model.safetensors: tensor lm_head.weight holds U8, expected F32, F16 or BF16");
  }

  @Test
  void read_tableOfTokensUnderAnotherName_isFound() throws IOException {
    rewrite(tensors -> tensors.put("encoder.embed_tokens.weight", tensors.remove("shared.weight")));
    read();
  }

  @Test
  void open_truncatedWeights_areRefused() throws IOException {
    Path file = folder.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 5));
    IOException refused = assertThrows(IOException.class, this::read);
    assertEquals("model.safetensors: ends early", refused.getMessage());
  }

  @Test
  void open_headerPastTheLimit_isRefused() throws IOException {
    byte[] length =
        ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(Safetensors.MAX_HEADER + 1)
            .array();
    Files.write(folder.resolve("model.safetensors"), length);
    assertRefused("model.safetensors: header of 16777217 bytes, expected 1 to 16777216");
  }

  private void assertRefusedWith(Consumer<ObjectNode> change, String message) throws IOException {
    Path file = folder.resolve("config.json");
    byte[] before = Files.readAllBytes(file);
    ObjectNode config = (ObjectNode) new ObjectMapper().readTree(before);
    change.accept(config);
    Files.writeString(file, config.toString());
    assertRefused(message);
    Files.write(file, before);
  }

  private void rewrite(Consumer<Map<String, Tensor>> change) throws IOException {
    Path file = folder.resolve("model.safetensors");
    Map<String, Tensor> tensors = new TreeMap<>(Safetensors.read(file).tensors());
    change.accept(tensors);
    new Safetensors(tensors).write(file);
  }

  private void assertRefused(String message) {
    HuggingFaceException refused = assertThrows(HuggingFaceException.class, this::read);
    assertTrue(refused.getMessage().startsWith(message), refused.getMessage());
  }

  private void read() throws IOException {
    HuggingFaceFolder opened = HuggingFaceFolder.open(folder);
    T5Config config = T5Config.of(opened);
    T5Weights.read(opened, config, 0, Device.CPU, new SplittableRandom(1)).close();
  }
}
