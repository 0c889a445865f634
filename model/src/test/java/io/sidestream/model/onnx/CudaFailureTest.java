package io.sidestream.model.onnx;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.sidestream.model.fixtures.TinyEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CudaFailureTest {
  private static final String LOST =
      "Error code - ORT_FAIL - message: CUDA failure 700: an illegal memory access was encountered"
          + " ; GPU=0 ; hostname=a ; file=cuda_stream_handle.cc ; line=94 ; expr=x";

  @TempDir Path directory;

  @Tag("F13")
  @Test
  void caused_wordsOfTheGpu_isTrueThroughWhatItCaused() {
    assertTrue(CudaFailure.caused(new OnnxException("generator failed", new OrtException(LOST))));
    assertTrue(CudaFailure.caused(new OrtException("CUBLAS failure 13: the GPU did not do it")));
    assertTrue(
        CudaFailure.caused(
            new IllegalStateException(
                "training", new IllegalStateException("CUDA error: unspecified launch failure"))));
    assertTrue(CudaFailure.caused(new IllegalStateException("CUDA driver error: unknown error")));
  }

  @Tag("F13")
  @Test
  void caused_otherFailures_isFalse() throws IOException, OrtException {
    assertFalse(CudaFailure.caused(null));
    assertFalse(CudaFailure.caused(new IllegalStateException()));
    assertFalse(
        CudaFailure.caused(
            new IllegalStateException("CUDA out of memory. Tried to allocate 2.00 GiB")));
    assertFalse(CudaFailure.caused(failureOfARun()));
  }

  /** Else a generation for which the card has no room would end each process that opens it. */
  @Tag("F13")
  @Test
  void caused_tooLittleMemory_isFalse() {
    for (String words :
        List.of(
            "CUDA failure 2: out of memory ; GPU=0 ; hostname=a ; expr=cudaMalloc(&p, size)",
            "CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED ; GPU=0 ; hostname=a",
            "CUDNN failure 4003: CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED ; GPU=0")) {
      assertFalse(CudaFailure.caused(new OrtException(words)), words);
    }
    assertTrue(
        CudaFailure.caused(new OrtException("CUBLAS failure 1: CUBLAS_STATUS_NOT_INITIALIZED")));
  }

  /** A graph that is real fails on a mask that is longer than the text. */
  private OrtException failureOfARun() throws IOException, OrtException {
    Path graph = directory.resolve("encoder.onnx");
    TinyEncoder.write(graph, 4, 1);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = OnnxSessions.cpu(1).open(graph);
        OnnxTensor ids = OnnxTensor.createTensor(environment, new long[][] {{1, 2}});
        OnnxTensor mask = OnnxTensor.createTensor(environment, new long[][] {{1, 1, 1}})) {
      return assertThrows(
          OrtException.class,
          () -> session.run(Map.of("input_ids", ids, "attention_mask", mask)).close());
    }
  }
}
