package io.sidestream.experiments.pretrained;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.learning.pretrained.PretrainedEncoder;
import io.sidestream.learning.pretrained.PretrainedGenerator;
import io.sidestream.schemas.UserErrorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainedModelsTest {
  private static final PretrainedGenerator.Settings LEARNING =
      PretrainedGenerator.Settings.PUBLISHED;

  @TempDir Path folder;

  @Test
  void withEncoder_folderThatIsNotThere_isRefused() {
    assertEquals("none: is no folder", refusedEncoder(folder.resolve("none")));
  }

  @Test
  void withEncoder_anotherKindOfModel_isRefusedInTheReadersWords() {
    String message = refusedEncoder(GoldenModels.t5());
    assertTrue(message.startsWith("t5-gated: model_type is t5, expected"), message);
  }

  @Test
  void withEncoder_weightsCutShort_isRefused() throws IOException {
    Path cut = GoldenModels.copy(GoldenModels.mpnet(), folder.resolve("cut"));
    Path weights = cut.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    Files.write(weights, Arrays.copyOf(bytes, bytes.length / 2));
    String message = refusedEncoder(cut);
    assertEquals("model.safetensors: ends early", message);
  }

  @Test
  void withGenerator_anotherKindOfModel_isRefusedInTheReadersWords() {
    UserErrorException refused =
        assertThrows(
            UserErrorException.class,
            () -> PretrainedModels.NONE.withGenerator(GoldenModels.mpnet(), LEARNING));
    assertTrue(
        refused.getMessage().startsWith("mpnet: model_type is mpnet, expected"),
        refused.getMessage());
  }

  @Test
  void key_ofTheSameModelElsewhere_isTheSame() throws IOException {
    Path copy = GoldenModels.copy(GoldenModels.mpnet(), folder.resolve("elsewhere"));
    assertEquals(encoder(GoldenModels.mpnet()).key(), encoder(copy).key());
  }

  @Test
  void key_ofAnyOtherFile_isAnother() throws IOException {
    for (String name :
        new String[] {"config.json", "tokenizer.json", "sentence_bert_config.json"}) {
      Path copy = GoldenModels.copy(GoldenModels.mpnet(), folder.resolve("with other " + name));
      Files.writeString(copy.resolve(name), Files.readString(copy.resolve(name)) + "\n");
      assertNotEquals(encoder(GoldenModels.mpnet()).key(), encoder(copy).key(), name);
    }
  }

  @Test
  void key_ofOtherWeights_isAnother() throws IOException {
    Path copy = GoldenModels.copy(GoldenModels.mpnet(), folder.resolve("others"));
    Path weights = copy.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 4] ^= 1;
    Files.write(weights, bytes);
    assertNotEquals(encoder(GoldenModels.mpnet()).key(), encoder(copy).key());
  }

  @Test
  void key_fineTunedOrNot_differs() {
    PretrainedModels tuned =
        PretrainedModels.NONE.withEncoder(
            GoldenModels.mpnet(), Optional.of(PretrainedEncoder.Settings.PUBLISHED));
    assertNotEquals(encoder(GoldenModels.mpnet()).key(), tuned.encoder().orElseThrow().key());
  }

  @Test
  void names_ofFolders_sayFolderAndHash() {
    PretrainedModels models =
        PretrainedModels.NONE
            .withEncoder(GoldenModels.mpnet(), Optional.empty())
            .withGenerator(GoldenModels.t5(), LEARNING);
    assertTrue(models.names().get("encoder").startsWith("mpnet, SHA-256 "));
    assertTrue(models.names().get("generator").startsWith("t5-gated, SHA-256 "));
  }

  private static EncoderModel encoder(Path path) {
    return PretrainedModels.NONE.withEncoder(path, Optional.empty()).encoder().orElseThrow();
  }

  private static String refusedEncoder(Path path) {
    return assertThrows(UserErrorException.class, () -> encoder(path)).getMessage();
  }
}
