package io.sidestream.experiments.pretrained;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Tiny models with random weights, whose architectures are those of the published ones. */
public final class GoldenModels {
  private static final Path ROOT = Path.of("../learning/src/test/resources/golden/huggingface");
  private static final String CONFIG = "config.json";

  private GoldenModels() {}

  /** As all-mpnet-base-v2 is made. */
  public static Path mpnet() {
    return ROOT.resolve("mpnet");
  }

  /** An encoder of the other kind. */
  static Path bert() {
    return ROOT.resolve("bert");
  }

  /** As flan-t5 is made. */
  public static Path t5() {
    return ROOT.resolve("t5-gated");
  }

  /** A folder with the same files. */
  static Path copy(Path model, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(model)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return to;
  }

  /** A folder with the same model but for one word of its configuration. */
  public static Path copyWith(Path model, Path to, String found, String instead)
      throws IOException {
    copy(model, to);
    String config = Files.readString(to.resolve(CONFIG));
    if (!config.contains(found)) {
      throw new IllegalArgumentException(config + " does not say " + found);
    }
    Files.write(to.resolve(CONFIG), List.of(config.replace(found, instead)));
    return to;
  }
}
