package io.sidestream.schemas.avro;

import java.util.Arrays;

/**
 * Avro's binary encoding, into an array that grows: for records that are written without objects.
 */
public final class AvroBytes {
  /** Most bytes of a number. */
  public static final int MAX_VARINT = 10;

  private byte[] bytes;
  private int size;

  /**
   * @param capacity bytes that it will probably take
   */
  public AvroBytes(int capacity) {
    bytes = new byte[capacity];
  }

  /** A byte as it is. */
  void raw(byte one) {
    require(1);
    bytes[size++] = one;
  }

  /** Bytes as they are. */
  void raw(byte[] from, int at, int length) {
    require(length);
    System.arraycopy(from, at, bytes, size, length);
    size += length;
  }

  /** A string. */
  public void string(byte[] utf8, int at, int length) {
    number(length);
    raw(utf8, at, length);
  }

  /** An int or a long. */
  public void number(long value) {
    require(MAX_VARINT);
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** All that was written. */
  public byte[] take() {
    return Arrays.copyOf(bytes, size);
  }

  private void require(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, 2 * (size + more));
    }
  }

  /** Reads what was written, in the same order. */
  public static final class Reader {
    private final byte[] bytes;
    private int at;

    public Reader(byte[] bytes) {
      this.bytes = bytes;
    }

    /** The bytes of a string. */
    public byte[] string() {
      int length = (int) number();
      byte[] utf8 = Arrays.copyOfRange(bytes, at, at + length);
      at += length;
      return utf8;
    }

    /** An int or a long. */
    public long number() {
      long value = 0;
      int shift = 0;
      byte next;
      do {
        next = bytes[at++];
        value |= (long) (next & 0x7F) << shift;
        shift += 7;
      } while (next < 0);
      return (value >>> 1) ^ -(value & 1);
    }
  }
}
