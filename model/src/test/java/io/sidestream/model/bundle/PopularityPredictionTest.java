package io.sidestream.model.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.model.generator.Task;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PopularityPredictionTest {
  private static final PopularityPrediction LINEAR =
      new PopularityPrediction(new float[] {2, -1, 0.5f}, new float[] {0, 4, -1});

  @TempDir Path folder;

  @Test
  void of_vector_isLinearInIt_butNotBelowZero() {
    assertEquals(2 * 0.6f - 0.8f + 0.5f, LINEAR.of(Task.RECOMMENDATION, new float[] {0.6f, 0.8f}));
    assertEquals(4 * 0.8f - 1, LINEAR.of(Task.SEARCH, new float[] {0.6f, 0.8f}), 1e-6f);
    assertEquals(0, LINEAR.of(Task.SEARCH, new float[] {1, 0}));
  }

  @Test
  void of_interceptAlone_isTheSameForAll() {
    PopularityPrediction mean = new PopularityPrediction(new float[] {3}, new float[] {-1});
    assertEquals(3, mean.of(Task.RECOMMENDATION, new float[] {1, 0, 0}));
    assertEquals(0, mean.of(Task.SEARCH, new float[7]));
    assertEquals(0, PopularityPrediction.NONE.of(Task.RECOMMENDATION, new float[7]));
  }

  @Test
  void of_vectorOfOtherLength_isRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> LINEAR.of(Task.SEARCH, new float[] {1, 0, 0}));
    assertThrows(IllegalArgumentException.class, () -> LINEAR.checkDimensions(3));
    assertThrows(
        IllegalArgumentException.class, () -> new PopularityPrediction(new float[3], new float[2]));
  }

  @Test
  void of_fileReadBack_predictsTheSame() throws IOException {
    Path file = folder.resolve(BundleFiles.POPULARITY);
    LINEAR.file().write(file);
    PopularityPrediction read = PopularityPrediction.of(Safetensors.read(file));
    for (Task task : Task.values()) {
      float[] vector = {0.8f, 0.6f};
      assertEquals(LINEAR.of(task, vector), read.of(task, vector));
    }
  }
}
