package io.sidestream.index.serving;

import io.sidestream.index.store.StoreException;
import io.sidestream.model.onnx.CudaFailure;
import io.sidestream.model.resources.Causes;

/** Failures that only a new process gets over: they end this one, and blame no prompt or bundle. */
public final class FatalFailure {
  /*
   * Of a GPU that is lost, which the next start may find again or do without, and of a store that
   * is broken, which the next start sets aside.
   */
  private FatalFailure() {}

  /** Whether a failure, or what caused it, is one of those. */
  public static boolean caused(Throwable failure) {
    return CudaFailure.caused(failure)
        || Causes.any(failure, cause -> cause instanceof StoreException store && store.isBroken());
  }
}
