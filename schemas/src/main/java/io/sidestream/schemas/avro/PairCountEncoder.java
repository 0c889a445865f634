package io.sidestream.schemas.avro;

import static io.sidestream.schemas.Checks.check;

/** Writes pair counts from their record keys: the bytes that the codec gives, without objects. */
public final class PairCountEncoder {
  private static final byte[] HEADER = SingleObjectCodec.headerOf(Codecs.schema("pair-count"));
  private static final byte ITEM_ITEM = 0; // cases of the union, after zigzag
  private static final byte QUERY_ITEM = 2;
  private static final int FIRST_PART = 2; // behind i or q, and a tab

  private PairCountEncoder() {}

  /**
   * The value under a pair's key.
   *
   * @param key as {@link io.sidestream.schemas.pairs.PairKey} gives it, in UTF-8
   */
  public static byte[] encode(byte[] key, long total) {
    check(total > 0, "pair total is %d, expected 1 or more", total);
    int tab = FIRST_PART;
    while (key[tab] != '\t') {
      tab++;
    }
    int first = tab - FIRST_PART;
    int second = key.length - tab - 1;
    boolean items = key[0] == 'i';
    AvroBytes out = new AvroBytes(HEADER.length + key.length + 3 * AvroBytes.MAX_VARINT);
    out.raw(HEADER, 0, HEADER.length);
    out.raw(items ? ITEM_ITEM : QUERY_ITEM);
    if (items) {
      out.string(key, FIRST_PART, first);
      out.string(key, tab + 1, second);
    } else { // the key has the item first, the record the query
      out.string(key, tab + 1, second);
      out.string(key, FIRST_PART, first);
    }
    out.number(total);
    return out.take();
  }
}
