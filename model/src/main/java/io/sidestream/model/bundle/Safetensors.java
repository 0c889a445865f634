package io.sidestream.model.bundle;

import static io.sidestream.schemas.Checks.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
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

  private static final String METADATA = "__metadata__";
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
  public String note(String name) {
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

  /** Writes the file anew. */
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
    try (InputStream raw = Files.newInputStream(file);
        DataInputStream in = new DataInputStream(raw)) {
      return read(in);
    } catch (EOFException e) {
      throw new IOException(file.getFileName() + ": ends early", e);
    } catch (IllegalArgumentException | ArithmeticException | JsonProcessingException e) {
      throw new IOException(file.getFileName() + ": " + e.getMessage(), e);
    }
  }

  private static Safetensors read(DataInputStream in) throws IOException {
    long length = Long.reverseBytes(in.readLong());
    check(
        length > 0 && length <= MAX_HEADER,
        "header of %d bytes, expected 1 to %d",
        length,
        MAX_HEADER);
    byte[] header = new byte[(int) length];
    in.readFully(header);
    JsonNode root = JSON.readTree(header);
    check(root != null && root.isObject(), "header is not a JSON object");
    Map<String, String> notes = new TreeMap<>();
    root.path(METADATA).properties().forEach(n -> notes.put(n.getKey(), n.getValue().asText()));
    List<Map.Entry<String, JsonNode>> entries =
        root.properties().stream()
            .filter(entry -> !entry.getKey().equals(METADATA))
            .sorted(
                Comparator.<Map.Entry<String, JsonNode>>comparingLong(e -> offset(e.getValue(), 0))
                    .thenComparingLong(e -> offset(e.getValue(), 1)))
            .toList();
    Map<String, Tensor> tensors = new TreeMap<>();
    long at = 0;
    for (Map.Entry<String, JsonNode> entry : entries) {
      check(
          offset(entry.getValue(), 0) == at,
          "tensor %s begins at byte %d, expected %d",
          entry.getKey(),
          offset(entry.getValue(), 0),
          at);
      tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue(), in));
      at = offset(entry.getValue(), 1);
    }
    check(in.read() < 0, "goes on after the last tensor");
    return new Safetensors(tensors, notes);
  }

  private static Tensor tensor(String name, JsonNode node, DataInputStream in) throws IOException {
    long bytes = offset(node, 1) - offset(node, 0);
    check(
        bytes >= 0 && bytes <= MAX_TENSOR,
        "tensor %s takes %d bytes, expected 0 to %d",
        name,
        bytes,
        MAX_TENSOR);
    int[] shape = new int[node.path("shape").size()];
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = node.path("shape").path(axis).asInt(-1);
    }
    byte[] data = in.readNBytes((int) bytes);
    if (data.length < bytes) {
      throw new EOFException();
    }
    return new Tensor(Tensor.Type.valueOf(node.path("dtype").asText()), shape, data);
  }

  private static long offset(JsonNode tensor, int end) {
    return tensor.path("data_offsets").path(end).asLong(-1);
  }
}
