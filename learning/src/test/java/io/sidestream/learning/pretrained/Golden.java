package io.sidestream.learning.pretrained;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** What the reference programs computed; {@code benchmarks/parity} made it and says how. */
public final class Golden {
  private static final Path ROOT = Path.of("src/test/resources/golden/huggingface");

  private Golden() {}

  /** A file or a folder in Hugging Face layout. */
  public static Path path(String name) {
    return ROOT.resolve(name);
  }

  public static JsonNode json(String name) {
    try {
      return new ObjectMapper().readTree(path(name).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static int[] ints(JsonNode array) {
    int[] ints = new int[array.size()];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = array.get(i).asInt();
    }
    return ints;
  }

  public static long[] longs(JsonNode array) {
    long[] longs = new long[array.size()];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = array.get(i).asLong();
    }
    return longs;
  }

  public static float[] floats(JsonNode array) {
    float[] floats = new float[array.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) array.get(i).asDouble();
    }
    return floats;
  }
}
