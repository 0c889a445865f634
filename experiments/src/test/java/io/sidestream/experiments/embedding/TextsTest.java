package io.sidestream.experiments.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.experiments.pretrained.EncoderModel;
import io.sidestream.experiments.pretrained.GoldenModels;
import io.sidestream.experiments.pretrained.PretrainedModels;
import io.sidestream.learning.pretrained.PretrainedEncoder;
import io.sidestream.learning.progress.TrainingProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextsTest {
  private static final Optional<EncoderModel> MODEL =
      PretrainedModels.NONE.withEncoder(GoldenModels.mpnet(), Optional.empty()).encoder();

  @TempDir Path folder;

  @Test
  void read_ofAFolder_givesItsVectorsAlsoFromDisk() throws IOException {
    List<String> some = List.of("a heist in the dream");
    List<String> all = List.of("rain", "a heist in the dream", "the old king lost the house");
    read(some).close();
    try (PretrainedEncoder encoder = PretrainedEncoder.open(GoldenModels.mpnet());
        Texts texts = read(all)) {
      assertEquals(encoder.dimensions(), texts.dimensions());
      for (String text : all) {
        assertArrayEquals(encoder.encode(List.of(text))[0], texts.vector(text), text);
      }
    }
  }

  private Texts read(List<String> texts) throws IOException {
    return Texts.read(MODEL, texts, 16, folder, TrainingProgress.NONE);
  }
}
