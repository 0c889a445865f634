package io.sidestream.learning.pretrained;

import io.sidestream.model.bundle.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** A folder that holds no model that is supported; the message names the folder and what is not. */
public final class HuggingFaceException extends IOException {
  HuggingFaceException(Path folder, String message) {
    super(folder.getFileName() + ": " + message);
  }

  HuggingFaceException(Path folder, String message, Throwable cause) {
    super(folder.getFileName() + ": " + message, cause);
  }

  HuggingFaceException(SafetensorsFile.FormatException cause) {
    super(cause.getMessage(), cause);
  }

  /** Throws unless the condition holds; the message is a format of {@link String#format}. */
  static void require(Path folder, boolean condition, String message, Object... arguments)
      throws HuggingFaceException {
    if (!condition) {
      throw new HuggingFaceException(folder, String.format(Locale.ROOT, message, arguments));
    }
  }
}
