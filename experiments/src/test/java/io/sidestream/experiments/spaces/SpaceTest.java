package io.sidestream.experiments.spaces;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.trainer.encoder.BiEncoderSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpaceTest {
  private static final float[] UP = {0, 1};
  private static final float[] RIGHT = {1, 0};
  private static final Space AS_IT_IS =
      Space.ofTexts(new float[][] {UP, RIGHT}, BiEncoderSettings.DEFAULT);

  @Test
  void query_encoderAsItIs_takesTheVectorOfTheText() {
    assertArrayEquals(UP, AS_IT_IS.query("up", text -> UP), 1e-6f);
  }

  @Test
  void query_ownEncoder_takesItsVectorEvenIfTheTextHasAnother() {
    Space own = AS_IT_IS.withQueries(Map.of("up", RIGHT));
    assertArrayEquals(RIGHT, own.query("up", text -> UP), 1e-6f);
  }

  @Test
  void query_unknownToItsOwnEncoder_isRefused() {
    Space own = AS_IT_IS.withQueries(Map.of("up", RIGHT));
    assertThrows(IllegalArgumentException.class, () -> own.query("down", text -> UP));
  }

  @Test
  void of_whatTensorsGave_isTheSameSpace() {
    List<String> queries = List.of("up", "right");
    Space own = AS_IT_IS.withQueries(Map.of("up", RIGHT, "right", UP));
    Space read = Space.of(own.tensors(queries), queries);
    assertArrayEquals(own.items(), read.items());
    assertArrayEquals(RIGHT, read.query("up", text -> UP), 1e-6f);
    assertArrayEquals(UP, read.query("right", text -> RIGHT), 1e-6f);
  }

  @Test
  void of_tensorsForOtherQueries_isRefused() {
    Space own = AS_IT_IS.withQueries(Map.of("up", RIGHT));
    assertThrows(
        IllegalArgumentException.class,
        () -> Space.of(own.tensors(List.of("up")), List.of("up", "down")));
  }
}
