package io.sidestream.schemas.avro;

import static io.sidestream.schemas.Checks.check;

/** Writes the neighbours of items: the bytes that the codec gives, without objects. */
public final class ItemNeighboursEncoder {
  private static final byte[] HEADER = SingleObjectCodec.headerOf(Codecs.schema("item-neighbours"));
  private static final int NUMBERS = 4;

  private ItemNeighboursEncoder() {}

  /**
   * The value under an item.
   *
   * @param size number of neighbours
   * @param best item and count of each, in order, as {@link AvroBytes} writes them
   */
  public static byte[] encode(long outgoing, long incoming, int size, byte[] best) {
    check(
        outgoing >= 0 && incoming >= 0,
        "totals are %d outgoing and %d incoming, expected 0 or more",
        outgoing,
        incoming);
    AvroBytes out = new AvroBytes(HEADER.length + best.length + NUMBERS * AvroBytes.MAX_VARINT);
    out.raw(HEADER, 0, HEADER.length);
    out.number(outgoing);
    out.number(incoming);
    if (size > 0) {
      out.number(size);
      out.raw(best, 0, best.length);
    }
    out.number(0); // the end of the array
    return out.take();
  }
}
