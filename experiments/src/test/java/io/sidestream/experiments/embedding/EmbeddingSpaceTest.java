package io.sidestream.experiments.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.learning.settings.Profile;
import io.sidestream.learning.settings.TrainingSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmbeddingSpaceTest {
  private static final float[] UP = {0, 1};
  private static final float[] RIGHT = {1, 0};
  private static final EmbeddingSpace AS_IT_IS =
      EmbeddingSpace.ofTexts(
          new float[][] {UP, RIGHT}, TrainingSettings.profile(Profile.QUICK).encoder());

  @Test
  void query_encoderAsItIs_takesTheVectorOfTheText() {
    assertArrayEquals(UP, AS_IT_IS.query("up", text -> UP), 1e-6f);
  }

  @Test
  void query_ownEncoder_takesItsVectorEvenIfTheTextHasAnother() {
    EmbeddingSpace own = AS_IT_IS.withQueries(Map.of("up", RIGHT));
    assertArrayEquals(RIGHT, own.query("up", text -> UP), 1e-6f);
  }

  @Test
  void query_unknownToItsOwnEncoder_isRefused() {
    EmbeddingSpace own = AS_IT_IS.withQueries(Map.of("up", RIGHT));
    assertThrows(IllegalArgumentException.class, () -> own.query("down", text -> UP));
  }

  @Test
  void of_whatTensorsGave_isTheSameSpace() {
    List<String> queries = List.of("up", "right");
    EmbeddingSpace own = AS_IT_IS.withQueries(Map.of("up", RIGHT, "right", UP));
    EmbeddingSpace read = EmbeddingSpace.of(own.tensors(queries), queries);
    assertArrayEquals(own.items(), read.items());
    assertArrayEquals(RIGHT, read.query("up", text -> UP), 1e-6f);
    assertArrayEquals(UP, read.query("right", text -> RIGHT), 1e-6f);
  }

  @Test
  void of_tensorsForOtherQueries_isRefused() {
    EmbeddingSpace own = AS_IT_IS.withQueries(Map.of("up", RIGHT));
    assertThrows(
        IllegalArgumentException.class,
        () -> EmbeddingSpace.of(own.tensors(List.of("up")), List.of("up", "down")));
  }
}
