package io.sidestream.experiments.spaces;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.experiments.published.EncoderModel;
import io.sidestream.experiments.published.GoldenModels;
import io.sidestream.experiments.published.PublishedModels;
import io.sidestream.trainer.TrainingProgress;
import io.sidestream.trainer.huggingface.PublishedEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextsTest {
  private static final Optional<EncoderModel> MODEL =
      PublishedModels.NONE.withEncoder(GoldenModels.mpnet(), Optional.empty()).encoder();

  @TempDir Path folder;

  @Test
  void read_ofAFolder_givesItsVectorsAlsoFromDisk() throws IOException {
    List<String> some = List.of("a heist in the dream");
    List<String> all = List.of("rain", "a heist in the dream", "the old king lost the house");
    read(some).close();
    try (PublishedEncoder encoder = PublishedEncoder.open(GoldenModels.mpnet());
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
