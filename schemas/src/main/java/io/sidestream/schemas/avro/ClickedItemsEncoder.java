package io.sidestream.schemas.avro;

import static io.sidestream.schemas.Checks.check;

/** Writes the items clicked after queries: the bytes that the codec gives, without objects. */
public final class ClickedItemsEncoder {
  private static final byte[] HEADER = SingleObjectCodec.headerOf(Codecs.schema("clicked-items"));
  private static final int NUMBERS = 3;

  private ClickedItemsEncoder() {}

  /**
   * The value under a query.
   *
   * @param size number of items
   * @param best item and clicks of each, in order, as {@link AvroBytes} writes them
   */
  public static byte[] encode(long clicks, int size, byte[] best) {
    check(clicks >= 0, "clicks are %d, expected 0 or more", clicks);
    AvroBytes out = new AvroBytes(HEADER.length + best.length + NUMBERS * AvroBytes.MAX_VARINT);
    out.raw(HEADER, 0, HEADER.length);
    out.number(clicks);
    if (size > 0) {
      out.number(size);
      out.raw(best, 0, best.length);
    }
    out.number(0); // the end of the array
    return out.take();
  }
}
