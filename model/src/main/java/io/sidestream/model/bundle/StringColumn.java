package io.sidestream.model.bundle;

import static io.sidestream.schemas.Checks.check;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A column of strings as two tensors.
 *
 * @param bytes concatenated UTF-8
 * @param offsets start of each string, and the end of the last
 */
record StringColumn(Tensor bytes, Tensor offsets) {
  static StringColumn of(List<String> texts) {
    int[] offsets = new int[texts.size() + 1];
    List<byte[]> encoded = new ArrayList<>(texts.size());
    for (int row = 0; row < texts.size(); row++) {
      encoded.add(utf8(texts.get(row)));
      offsets[row + 1] = Math.addExact(offsets[row], encoded.get(row).length);
    }
    ByteBuffer bytes = ByteBuffer.allocate(offsets[texts.size()]);
    encoded.forEach(bytes::put);
    return new StringColumn(
        Tensor.bytes(bytes.array(), bytes.capacity()), Tensor.ints(offsets, offsets.length));
  }

  List<String> texts() {
    byte[] all = bytes.bytes();
    int[] starts = offsets.ints();
    check(starts.length > 0, "texts have no offsets, expected 1 or more");
    List<String> texts = new ArrayList<>(starts.length - 1);
    for (int row = 0; row + 1 < starts.length; row++) {
      check(
          starts[row] >= 0 && starts[row] <= starts[row + 1] && starts[row + 1] <= all.length,
          "text %d is bytes %d to %d of %d",
          row,
          starts[row],
          starts[row + 1],
          all.length);
      texts.add(
          new String(all, starts[row], starts[row + 1] - starts[row], StandardCharsets.UTF_8));
    }
    return texts;
  }

  private static byte[] utf8(String text) {
    try {
      // A strict encoder: getBytes() would silently replace an unpaired surrogate.
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] array = new byte[bytes.remaining()];
      bytes.get(array);
      return array;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("\"" + text + "\" is not Unicode text", e);
    }
  }
}
