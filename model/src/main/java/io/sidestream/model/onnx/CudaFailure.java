package io.sidestream.model.onnx;

import io.sidestream.model.resources.Causes;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Failures of a GPU or of its driver, as ONNX Runtime and PyTorch word them. */
public final class CudaFailure {
  /*
   * Neither has a type or a code for it. Most of them stay: whatever this process asks of the card
   * fails from then on, and a new process may find it again, or find that it is gone. That a card
   * has too little memory now ("CUDA out of memory") is none of them: a new process finds no more.
   */
  private static final Pattern WORDS =
      Pattern.compile(
          "\\bCU[A-Z_]+ failure \\d+: (?!out of memory|CU[A-Z_]+_ALLOC[A-Z]*_FAILED)"
              + "|\\bCUDA (driver )?error: ");

  private CudaFailure() {}

  /** Whether a failure, or what caused it, is one of the GPU. */
  public static boolean caused(@Nullable Throwable failure) {
    return Causes.anySays(failure, message -> WORDS.matcher(message).find());
  }
}
