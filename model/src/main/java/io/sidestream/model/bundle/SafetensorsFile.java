package io.sidestream.model.bundle;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkRange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sidestream.schemas.ReasonText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A safetensors file of which one tensor at a time is read: it may be larger than memory.
 *
 * <p>Its methods throw {@link FormatException} for a file that is not of this format, with a
 * message that says why, and {@link java.nio.file.FileSystemException} where reading fails.
 */
public final class SafetensorsFile {
  /** A file that is not of this format, or holds what is not supported. */
  public static final class FormatException extends IOException {
    private FormatException(Path file, String message, @Nullable Throwable cause) {
      super(file.getFileName() + ": " + message, cause);
    }
  }

  private record Entry(String type, int[] shape, long from, long to) {}

  private final Path file;
  private final Map<String, Entry> entries = new TreeMap<>();
  private final Map<String, String> metadata = new TreeMap<>();
  private final long begin; // of the tensors

  private SafetensorsFile(Path file, long begin, JsonNode header) {
    this.file = file;
    this.begin = begin;
    check(header != null && header.isObject(), "header is not a JSON object");
    for (Map.Entry<String, JsonNode> field : header.properties()) {
      JsonNode value = field.getValue();
      if (field.getKey().equals(Safetensors.METADATA)) {
        value.properties().forEach(note -> metadata.put(note.getKey(), note.getValue().asText()));
      } else {
        entries.put(field.getKey(), entry(value));
      }
    }
  }

  private static Entry entry(JsonNode node) {
    int[] shape = new int[node.path("shape").size()];
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = node.path("shape").path(axis).asInt(-1);
    }
    JsonNode offsets = node.path("data_offsets");
    return new Entry(
        node.path("dtype").asText(), shape, offsets.path(0).asLong(-1), offsets.path(1).asLong(-1));
  }

  /** Reads the header. */
  public static SafetensorsFile open(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      long length = read(channel, file, 0, Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong();
      checkRange(length, 1, Safetensors.MAX_HEADER, "header of %d bytes");
      byte[] header = read(channel, file, Long.BYTES, (int) length).array();
      return new SafetensorsFile(file, Long.BYTES + length, new ObjectMapper().readTree(header));
    } catch (IllegalArgumentException | JsonProcessingException e) {
      throw new FormatException(file, ReasonText.of(e), e);
    }
  }

  /** The names of the tensors. */
  public Set<String> names() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  /** The tensor of this name, which must be there. */
  public Tensor tensor(String name) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      Entry entry = entries.get(name);
      if (entry == null) {
        throw new FormatException(file, "tensor " + name + " is missing", null);
      }
      return tensor(channel, name, entry);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new FormatException(file, ReasonText.of(e), e);
    }
  }

  /** All tensors, which must lie one after the other up to the end of the file. */
  Safetensors readAll() throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      Map<String, Tensor> tensors = new TreeMap<>();
      long at = 0;
      for (Map.Entry<String, Entry> named : inOrder()) {
        Entry entry = named.getValue();
        check(
            entry.from() == at,
            "tensor %s begins at byte %d, expected %d",
            named.getKey(),
            entry.from(),
            at);
        tensors.put(named.getKey(), tensor(channel, named.getKey(), entry));
        at = entry.to();
      }
      check(channel.size() == begin + at, "goes on after the last tensor");
      return new Safetensors(tensors, metadata);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new FormatException(file, ReasonText.of(e), e);
    }
  }

  private List<Map.Entry<String, Entry>> inOrder() {
    Stream<Map.Entry<String, Entry>> all = entries.entrySet().stream();
    return all.sorted(
            Map.Entry.comparingByValue(
                Comparator.comparingLong(Entry::from).thenComparingLong(Entry::to)))
        .toList();
  }

  private Tensor tensor(FileChannel channel, String name, Entry entry) throws IOException {
    long bytes = entry.to() - entry.from();
    check(
        bytes >= 0 && bytes <= Safetensors.MAX_TENSOR,
        "tensor %s takes %d bytes, expected 0 to %d",
        name,
        bytes,
        Safetensors.MAX_TENSOR);
    Tensor.Type type =
        Tensor.Type.of(entry.type())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "tensor " + name + " holds " + entry.type() + ", which is not supported"));
    byte[] data = read(channel, file, begin + entry.from(), (int) bytes).array();
    return new Tensor(type, entry.shape(), data);
  }

  private static ByteBuffer read(FileChannel channel, Path file, long at, int count)
      throws IOException {
    long size = VerifiedFiles.reading(file, channel::size);
    if (at < 0 || count > size - at) { // before memory is taken for it
      throw new FormatException(file, "ends early", null);
    }
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      if (VerifiedFiles.reading(file, () -> channel.read(bytes, at + bytes.position())) < 0) {
        throw new FormatException(file, "ends early", null);
      }
    }
    return bytes.flip();
  }
}
