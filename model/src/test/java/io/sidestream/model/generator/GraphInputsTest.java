package io.sidestream.model.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphInputsTest {
  @Test
  void of_memoryTooLittle_closesWhatWasFed() {
    List<OnnxTensor> fed = new ArrayList<>();
    assertThrows(
        OutOfMemoryError.class,
        () ->
            GraphInputs.of(
                inputs -> {
                  inputs.feed("tokens", new long[] {1, 2}, 2);
                  fed.addAll(inputs.tensors().values());
                  throw new OutOfMemoryError("Cannot reserve bytes of direct buffer memory");
                }));
    assertEquals(1, fed.size());
    assertTrue(fed.get(0).isClosed());
  }
}
