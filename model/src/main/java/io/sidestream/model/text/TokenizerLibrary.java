package io.sidestream.model.text;

import ai.djl.huggingface.tokenizers.jni.LibUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The native library of the tokenizer, loaded once for each class loader that uses it. */
final class TokenizerLibrary {
  /*
   * Java loads a file of native code into one class loader only. A Flink TaskManager gives each
   * submission of a job a class loader of its own, and DJL always loads the same file of its cache:
   * the second submission would find its native methods missing. So a class loader other than the
   * system's gets a copy of the file under a path of its own, which is deleted once it is mapped.
   */
  private static final String CACHE =
      "ENGINE_CACHE_DIR"; // read by DJL when LibUtils is initialized

  private TokenizerLibrary() {}

  /** Loads the library, if this class loader has not. */
  static void load() throws IOException {
    if (TokenizerLibrary.class.getClassLoader() == ClassLoader.getSystemClassLoader()) {
      LibUtils.checkStatus();
      return;
    }
    synchronized (Runtime.getRuntime()) { // one for all class loaders, as the property is
      Path copy = Files.createTempDirectory("sidestream-tokenizers");
      String before = System.getProperty(CACHE);
      System.setProperty(CACHE, copy.toString());
      try {
        LibUtils.checkStatus();
      } finally {
        restore(before);
        delete(copy);
      }
    }
  }

  private static void restore(@Nullable String before) {
    if (before == null) {
      System.clearProperty(CACHE);
    } else {
      System.setProperty(CACHE, before);
    }
  }

  private static void delete(Path directory) throws IOException {
    List<Path> paths;
    try (Stream<Path> found = Files.walk(directory)) {
      paths = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }
}
