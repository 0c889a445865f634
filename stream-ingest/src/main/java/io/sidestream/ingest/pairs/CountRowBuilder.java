package io.sidestream.ingest.pairs;

import static io.sidestream.schemas.Checks.check;

import java.util.Arrays;

/** Writes a {@link CountRow}, entry by entry in the order of names. */
final class CountRowBuilder {
  private static final int FIRST_CAPACITY = 64;

  /** Most bytes of the three varints of an entry. */
  private static final int MAX_VARINTS = 5 + 5 + 10;

  private byte[] bytes;
  private int size;
  private byte[] last = new byte[FIRST_CAPACITY];
  private int lastLength;

  CountRowBuilder() {
    this(FIRST_CAPACITY);
  }

  /**
   * @param capacity bytes that it will probably take
   */
  CountRowBuilder(int capacity) {
    bytes = new byte[capacity];
  }

  /** Adds an entry behind all others. */
  void add(byte[] name, int length, long number) {
    int shared = Arrays.mismatch(last, 0, lastLength, name, 0, length);
    if (shared < 0) {
      shared = lastLength; // only the first, of an empty name, is like the one before it
    }
    check(size == 0 || isBehindLast(name, length, shared), "entries of a row are not in order");
    int rest = length - shared;
    if (bytes.length - size < rest + MAX_VARINTS) {
      bytes = Arrays.copyOf(bytes, 2 * (bytes.length + rest + MAX_VARINTS));
    }
    varint(shared);
    varint(rest);
    System.arraycopy(name, shared, bytes, size, rest);
    size += rest;
    varint((number << 1) ^ (number >> 63));
    if (length > last.length) {
      last = new byte[2 * length];
      System.arraycopy(name, 0, last, 0, length);
    } else {
      System.arraycopy(name, shared, last, shared, rest);
    }
    lastLength = length;
  }

  private boolean isBehindLast(byte[] name, int length, int shared) {
    if (shared == lastLength || shared == length) {
      return length > lastLength;
    }
    return (name[shared] & 0xFF) > (last[shared] & 0xFF);
  }

  /** The row; the builder is empty after it. */
  CountRow take() {
    CountRow row = CountRow.ofBytes(Arrays.copyOf(bytes, size));
    size = 0;
    lastLength = 0;
    return row;
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }
}
