package io.sidestream.model.onnx;

import static io.sidestream.schemas.Checks.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;

/** A graph's file, read without ONNX Runtime: what must not be in it is refused before it opens. */
final class OnnxFile {
  /*
   * ONNX Runtime reads tensors from other files where a graph says so, files that no hash covers,
   * and takes weights that are no numbers; of these, float32 is looked at, which our graphs have.
   * So the protocol buffer is walked: of each kind of message the fields that lead to tensors, all
   * else is skipped by its length. Field numbers are those of onnx.proto, versions 1 to 12 of the
   * format.
   */
  private enum Message {
    MODEL,
    GRAPH,
    NODE,
    ATTRIBUTE,
    FUNCTION,
    SPARSE,
    TENSOR
  }

  private static final Map<Message, Map<Integer, Message>> CHILDREN =
      Map.of(
          Message.MODEL, Map.of(7, Message.GRAPH, 25, Message.FUNCTION),
          Message.GRAPH, Map.of(1, Message.NODE, 5, Message.TENSOR, 15, Message.SPARSE),
          Message.NODE, Map.of(5, Message.ATTRIBUTE),
          Message.ATTRIBUTE,
              Map.of(
                  5, Message.TENSOR,
                  6, Message.GRAPH,
                  10, Message.TENSOR,
                  11, Message.GRAPH,
                  22, Message.SPARSE,
                  23, Message.SPARSE),
          Message.FUNCTION, Map.of(7, Message.NODE, 11, Message.ATTRIBUTE),
          Message.SPARSE, Map.of(1, Message.TENSOR, 2, Message.TENSOR),
          Message.TENSOR, Map.of());

  /** Most messages inside one another: graphs of ours have five. */
  static final int MAX_DEPTH = 50;

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;
  private static final int MAX_SHIFT = 63;

  private static final int DATA_TYPE = 2;
  private static final int FLOAT_DATA = 4;
  private static final int RAW_DATA = 9;
  private static final int EXTERNAL_DATA = 13;
  private static final int DATA_LOCATION = 14;
  private static final int FLOAT = 1;

  private static final int WINDOW = 1 << 16;

  private final FileChannel channel;
  private final ByteBuffer window = ByteBuffer.allocate(WINDOW).order(ByteOrder.LITTLE_ENDIAN);
  private long windowStart;
  private long at;

  private OnnxFile(FileChannel channel) {
    this.channel = channel;
    window.limit(0);
  }

  /**
   * Refuses a graph with data in other files, and with float32 weights that are no numbers.
   *
   * @throws IllegalArgumentException that names the file
   */
  static void requireSelfContained(Path graph) {
    try (FileChannel channel = FileChannel.open(graph)) {
      new OnnxFile(channel).message(Message.MODEL, channel.size(), 0);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(graph.getFileName() + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void message(Message kind, long end, int depth) throws IOException {
    check(depth <= MAX_DEPTH, "holds more than %d messages inside one another", MAX_DEPTH);
    long type = 0;
    boolean hasRawData = false;
    while (at < end) {
      long tag = varint(end);
      int field = (int) (tag >>> 3);
      switch ((int) (tag & 7)) {
        case VARINT -> {
          long value = varint(end);
          if (kind == Message.TENSOR) {
            if (field == DATA_TYPE) {
              check(!hasRawData, "a tensor's data comes before its type");
              type = value;
            }
            check(field != DATA_LOCATION || value == 0, "a tensor's data is in another file");
          }
        }
        case FIXED64 -> skip(Long.BYTES, end);
        case FIXED32 -> {
          long after = at + Float.BYTES;
          check(after <= end, "is no ONNX graph");
          if (kind == Message.TENSOR && field == FLOAT_DATA) { // a number of a list
            floats(after);
          }
          at = after;
        }
        case BYTES -> {
          hasRawData |= kind == Message.TENSOR && field == RAW_DATA;
          bytes(kind, field, type, depth, end);
        }
        default -> throw new IllegalArgumentException("is no ONNX graph");
      }
    }
  }

  private void bytes(Message kind, int field, long type, int depth, long end) throws IOException {
    long length = varint(end);
    check(length >= 0 && length <= end - at, "is no ONNX graph");
    long after = at + length;
    Message child = CHILDREN.getOrDefault(kind, Map.of()).get(field);
    if (child != null) {
      message(child, after, depth + 1);
    } else if (kind == Message.TENSOR) {
      check(field != EXTERNAL_DATA, "a tensor's data is in another file");
      if (field == FLOAT_DATA || (field == RAW_DATA && type == FLOAT)) {
        floats(after);
      }
    }
    at = after;
  }

  private void floats(long end) throws IOException {
    while (end - at >= Float.BYTES) {
      fill(Float.BYTES);
      int position = (int) (at - windowStart);
      int usable = (int) Math.min(end - at, window.limit() - position) / Float.BYTES;
      for (int i = 0; i < usable; i++) {
        if (Float.isNaN(window.getFloat(position + i * Float.BYTES))) {
          throw new IllegalArgumentException("holds a weight NaN");
        }
      }
      at += (long) usable * Float.BYTES;
    }
  }

  private void skip(int bytes, long end) {
    check(bytes <= end - at, "is no ONNX graph");
    at += bytes;
  }

  private long varint(long end) throws IOException {
    long value = 0;
    for (int shift = 0; shift <= MAX_SHIFT; shift += 7) {
      check(at < end, "is no ONNX graph");
      fill(1);
      byte next = window.get((int) (at++ - windowStart));
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("is no ONNX graph");
  }

  /** Makes the next bytes lie in the window. */
  private void fill(int bytes) throws IOException {
    if (at >= windowStart && at + bytes <= windowStart + window.limit()) {
      return;
    }
    windowStart = at;
    window.clear();
    while (window.position() < bytes) {
      check(channel.read(window, windowStart + window.position()) > 0, "ends early");
    }
    window.flip();
  }
}
