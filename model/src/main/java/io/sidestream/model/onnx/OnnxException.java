package io.sidestream.model.onnx;

import ai.onnxruntime.OrtException;
import io.sidestream.schemas.ReasonText;

/** A graph that ONNX Runtime could not run or close, or that a GPU in use could not take. */
public final class OnnxException extends RuntimeException {
  public OnnxException(String message, OrtException cause) {
    super(message + ": " + ReasonText.of(cause), cause);
  }
}
