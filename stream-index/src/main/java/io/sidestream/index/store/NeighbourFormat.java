package io.sidestream.index.store;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.pairs.ItemNeighbours;
import io.sidestream.schemas.pairs.Neighbour;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Binary format of an item's neighbours, big-endian: version (1), outgoing (8), incoming (8),
 * number (2), then of each the length of the id (2), id (UTF-8) and count (8).
 */
final class NeighbourFormat {
  private static final byte VERSION = 1;
  private static final int INCOMING_AT = 1 + Long.BYTES;
  private static final int HEAD_BYTES = INCOMING_AT + Long.BYTES + Short.BYTES;

  private NeighbourFormat() {}

  static byte[] write(ItemNeighbours neighbours) {
    List<byte[]> ids = new ArrayList<>(neighbours.best().size());
    int bytes = HEAD_BYTES;
    for (Neighbour neighbour : neighbours.best()) {
      byte[] id = neighbour.item().value().getBytes(StandardCharsets.UTF_8);
      ids.add(id);
      bytes += Short.BYTES + id.length + Long.BYTES;
    }
    ByteBuffer value = ByteBuffer.allocate(bytes);
    value.put(VERSION).putLong(neighbours.outgoing()).putLong(neighbours.incoming());
    value.putShort((short) ids.size());
    for (int i = 0; i < ids.size(); i++) {
      value.putShort((short) ids.get(i).length).put(ids.get(i));
      value.putLong(neighbours.best().get(i).count());
    }
    return value.array();
  }

  /** The incoming total alone. */
  static long incoming(byte[] bytes) {
    checkVersion(bytes[0]);
    return ByteBuffer.wrap(bytes).getLong(INCOMING_AT);
  }

  /**
   * What {@link #write} wrote.
   *
   * @param shared the one instance of an id that is kept
   */
  static ItemNeighbours read(byte[] bytes, UnaryOperator<ItemId> shared) {
    ByteBuffer value = ByteBuffer.wrap(bytes);
    checkVersion(value.get());
    long outgoing = value.getLong();
    long incoming = value.getLong();
    int size = value.getShort();
    List<Neighbour> best = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      int length = value.getShort();
      String id = new String(bytes, value.position(), length, StandardCharsets.UTF_8);
      value.position(value.position() + length);
      best.add(new Neighbour(shared.apply(new ItemId(id)), value.getLong()));
    }
    return new ItemNeighbours(outgoing, incoming, best);
  }

  private static void checkVersion(byte version) {
    check(version == VERSION, "neighbours have version %d, expected %d", version, VERSION);
  }
}
