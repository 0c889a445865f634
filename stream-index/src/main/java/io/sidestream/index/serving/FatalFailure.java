package io.sidestream.index.serving;

import io.sidestream.model.onnx.CudaFailure;

/** Failures that only a new process gets over: they end this one, and blame no prompt or bundle. */
public final class FatalFailure {
  private FatalFailure() {}

  /** Whether a failure, or what caused it, is one of those. */
  public static boolean caused(Throwable failure) {
    return CudaFailure.caused(failure);
  }
}
