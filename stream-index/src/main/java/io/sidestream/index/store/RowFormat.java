package io.sidestream.index.store;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.ItemWords;
import io.sidestream.schemas.SemanticId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Binary format of index rows, big-endian.
 *
 * <p>Key: generation (8), item id (UTF-8). Value: flags (1), levels (1), codes (2 each), vector (4
 * each), and by flag title and text (length 4, UTF-8) before the vector; the tombstone of a removed
 * item is the flags alone.
 */
final class RowFormat {
  static final int GENERATION_BYTES = Long.BYTES;

  private static final byte PRESENT = 0;
  private static final byte REMOVED = 1;
  private static final byte WITH_WORDS = 2;
  private static final int HEAD_BYTES = 2;

  private RowFormat() {}

  /** Lower bound of a generation's keys; that of the next generation is the upper bound. */
  static byte[] firstKey(Generation generation) {
    return ByteBuffer.allocate(GENERATION_BYTES).putLong(generation.number()).array();
  }

  static byte[] key(Generation generation, ItemId item) {
    byte[] id = item.value().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(GENERATION_BYTES + id.length)
        .putLong(generation.number())
        .put(id)
        .array();
  }

  static ItemId item(byte[] key) {
    return new ItemId(
        new String(key, GENERATION_BYTES, key.length - GENERATION_BYTES, StandardCharsets.UTF_8));
  }

  static boolean belongs(byte[] key, byte[] firstKey) {
    return key.length > GENERATION_BYTES
        && Arrays.equals(key, 0, GENERATION_BYTES, firstKey, 0, GENERATION_BYTES);
  }

  static byte[] upserted(int[] codes, float[] vector) {
    return upserted(PRESENT, codes, new byte[0], vector);
  }

  static byte[] upserted(CodedItem item) {
    byte[] words =
        item.words().map(own -> words(utf8(own.title()), utf8(own.text()))).orElse(new byte[0]);
    byte flags = item.words().isPresent() ? WITH_WORDS : PRESENT;
    return upserted(flags, item.id().codes(), words, item.vector());
  }

  private static byte[] upserted(byte flags, int[] codes, byte[] words, float[] vector) {
    ByteBuffer value =
        ByteBuffer.allocate(
            HEAD_BYTES
                + Character.BYTES * codes.length
                + words.length
                + Float.BYTES * vector.length);
    value.put(flags).put((byte) codes.length);
    for (int code : codes) {
      value.putChar((char) code);
    }
    value.put(words);
    for (float number : vector) {
      value.putFloat(number);
    }
    return value.array();
  }

  private static byte[] words(byte[] title, byte[] text) {
    return ByteBuffer.allocate(2 * Integer.BYTES + title.length + text.length)
        .putInt(title.length)
        .put(title)
        .putInt(text.length)
        .put(text)
        .array();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(ByteBuffer value) {
    byte[] bytes = new byte[value.getInt()];
    value.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static byte[] removed() {
    return new byte[] {REMOVED};
  }

  /** The item of a row; empty for a tombstone. */
  static Optional<CodedItem> read(Generation generation, ItemId item, byte[] bytes) {
    ByteBuffer value = ByteBuffer.wrap(bytes);
    byte flags = value.get();
    if (flags == REMOVED) {
      return Optional.empty();
    }
    check(
        flags == PRESENT || flags == WITH_WORDS,
        "row of item %s has flags %d, expected 0 to 2",
        item,
        flags);
    int[] codes = new int[value.get()];
    for (int level = 0; level < codes.length; level++) {
      codes[level] = value.getChar();
    }
    Optional<ItemWords> words =
        flags == WITH_WORDS
            ? Optional.of(new ItemWords(text(value), text(value)))
            : Optional.empty();
    float[] vector = new float[value.remaining() / Float.BYTES];
    value.asFloatBuffer().get(vector);
    return Optional.of(new CodedItem(item, new SemanticId(generation, codes), vector, words));
  }
}
