package io.sidestream.learning.pretrained;

import static io.sidestream.learning.pretrained.HuggingFaceException.require;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sidestream.model.bundle.Safetensors;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Named tensors in a safetensors file, read one by one as floats. Half-precision numbers are
 * widened; nothing else is converted.
 */
final class WeightFile {
  /*
   * Not Safetensors of the bundle: that one holds a whole file of a few small tensors and knows the types bundles have.
   * Here a file may be gigabytes, of which one tensor at a time is wanted.
   */
  private static final int FLOAT16_EXPONENT_BIAS = 112; // of float32's 127 less float16's 15

  private record Entry(String type, long[] shape, long from, long to) {}

  private final Path file;
  private final TreeMap<String, Entry> entries;

  private WeightFile(Path file, TreeMap<String, Entry> entries) {
    this.file = file;
    this.entries = entries;
  }

  /** Reads the header alone. */
  static WeightFile open(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      long length = read(channel, 0, Long.BYTES, file).getLong();
      require(
          file,
          length > 0 && length <= Safetensors.MAX_HEADER,
          "header of %d bytes, expected 1 to %d",
          length,
          Safetensors.MAX_HEADER);
      byte[] header = read(channel, Long.BYTES, (int) length, file).array();
      JsonNode root = new ObjectMapper().readTree(header);
      require(file, root != null && root.isObject(), "header is not a JSON object");
      TreeMap<String, Entry> entries = new TreeMap<>();
      root.properties().stream()
          .filter(entry -> !entry.getKey().equals("__metadata__"))
          .forEach(entry -> entries.put(entry.getKey(), entry(entry.getValue(), 8 + length)));
      return new WeightFile(file, entries);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new HuggingFaceException(file, "header is not JSON", e);
    }
  }

  private static Entry entry(JsonNode node, long begin) {
    long[] shape = new long[node.path("shape").size()];
    Arrays.setAll(shape, axis -> node.path("shape").path(axis).asLong(-1));
    JsonNode offsets = node.path("data_offsets");
    return new Entry(
        node.path("dtype").asText(),
        shape,
        begin + offsets.path(0).asLong(-1),
        begin + offsets.path(1).asLong(-1));
  }

  Set<String> names() {
    return new TreeSet<>(entries.keySet());
  }

  boolean has(String name) {
    return entries.containsKey(name);
  }

  /** The numbers of a tensor that must be there and have this shape, row by row. */
  float[] floats(String name, long... shape) throws IOException {
    Entry entry = entries.get(name);
    require(file, entry != null, "tensor %s is missing", name);
    require(
        file,
        Arrays.equals(entry.shape(), shape),
        "tensor %s has shape %s, expected %s",
        name,
        Arrays.toString(entry.shape()),
        Arrays.toString(shape));
    int width = width(name, entry.type());
    long numbers = 1;
    for (long length : shape) {
      numbers = Math.multiplyExact(numbers, length);
    }
    long bytes = entry.to() - entry.from();
    require(
        file,
        bytes == numbers * width && bytes <= Safetensors.MAX_TENSOR,
        "tensor %s takes %d bytes, expected %d, at most %d",
        name,
        bytes,
        numbers * width,
        Safetensors.MAX_TENSOR);
    try (FileChannel channel = FileChannel.open(file)) {
      return floats(read(channel, entry.from(), (int) bytes, file), entry.type());
    }
  }

  private int width(String name, String type) throws IOException {
    boolean half = type.equals("F16") || type.equals("BF16");
    require(
        file,
        half || type.equals("F32"),
        "tensor %s holds %s, expected F32, F16 or BF16",
        name,
        type);
    return half ? Short.BYTES : Float.BYTES;
  }

  private static float[] floats(ByteBuffer bytes, String type) {
    if (type.equals("F32")) {
      float[] floats = new float[bytes.remaining() / Float.BYTES];
      bytes.asFloatBuffer().get(floats);
      return floats;
    }
    float[] floats = new float[bytes.remaining() / Short.BYTES];
    for (int i = 0; i < floats.length; i++) {
      short half = bytes.getShort(i * Short.BYTES);
      floats[i] = type.equals("F16") ? widened(half) : Float.intBitsToFloat(half << Short.SIZE);
    }
    return floats;
  }

  /** IEEE 754 binary16 as binary32. */
  static float widened(short half) {
    int exponent = half >> 10 & 0x1f;
    int fraction = half & 0x3ff;
    int sign = (half & 0x8000) << 16;
    if (exponent == 0) {
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int wide = exponent == 0x1f ? 0xff : exponent + FLOAT16_EXPONENT_BIAS;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }

  private static ByteBuffer read(FileChannel channel, long at, int count, Path file)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, at + bytes.position()) < 0) {
        throw new EOFException(file.getFileName() + ": ends early");
      }
    }
    return bytes.flip();
  }
}
