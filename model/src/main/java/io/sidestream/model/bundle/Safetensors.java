package io.sidestream.model.bundle;

import static io.sidestream.schemas.Checks.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Named tensors and notes about them in one file, in the open format of that name: 8 bytes with the
 * header's length, the header as JSON, the tensors' bytes. The same content gives the same bytes:
 * names are sorted, the header is padded with blanks to a multiple of 8.
 */
public record Safetensors(Map<String, Tensor> tensors, Map<String, String> metadata) {
  /** Longest header that is read: 16 MiB. */
  public static final int MAX_HEADER = 1 << 24;

  /** Most bytes of one tensor that are read: what a Java array holds. */
  public static final int MAX_TENSOR = Integer.MAX_VALUE - 8;

  static final String METADATA = "__metadata__";
  private static final int ALIGNMENT = 8;
  private static final ObjectMapper JSON = new ObjectMapper();

  public Safetensors {
    tensors = Collections.unmodifiableMap(new TreeMap<>(tensors));
    metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    check(!tensors.containsKey(METADATA), "a tensor is named %s", METADATA);
  }

  public Safetensors(Map<String, Tensor> tensors) {
    this(tensors, Map.of());
  }

  /** The tensor of this name, which must be there. */
  public Tensor tensor(String name) {
    return present(tensors, "tensors", name);
  }

  /** The note of this name, which must be there. */
  String note(String name) {
    return present(metadata, "notes", name);
  }

  private static <T> T present(Map<String, T> values, String kind, String name) {
    T value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "holds %s %s, expected %s".formatted(kind, values.keySet(), name));
    }
    return value;
  }

  /** Writes the file, replacing one that is there. */
  public void write(Path file) throws IOException {
    byte[] header = header();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      out.write(
          ByteBuffer.allocate(Long.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(header.length)
              .array());
      out.write(header);
      for (Tensor tensor : tensors.values()) {
        out.write(tensor.raw());
      }
    }
  }

  private byte[] header() throws JsonProcessingException {
    ObjectNode root = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode notes = root.putObject(METADATA);
      metadata.forEach(notes::put);
    }
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      Tensor tensor = entry.getValue();
      ObjectNode node = root.putObject(entry.getKey());
      node.put("dtype", tensor.type().name());
      ArrayNode shape = node.putArray("shape");
      for (int length : tensor.shape()) {
        shape.add(length);
      }
      node.putArray("data_offsets").add(offset).add(offset + tensor.raw().length);
      offset += tensor.raw().length;
    }
    String json = JSON.writeValueAsString(root);
    int bytes = json.getBytes(StandardCharsets.UTF_8).length;
    int padding = (ALIGNMENT - bytes % ALIGNMENT) % ALIGNMENT;
    return (json + " ".repeat(padding)).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a file whole.
   *
   * @throws IOException when it cannot be read or is not of this format; the message says why
   */
  public static Safetensors read(Path file) throws IOException {
    return SafetensorsFile.open(file).readAll();
  }
}
