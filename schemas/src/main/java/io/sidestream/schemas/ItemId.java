package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;

import java.nio.charset.StandardCharsets;

/** An item of the catalogue, by the producer's own name for it. Order: by UTF-16 unit. */
public record ItemId(String value) implements Comparable<ItemId> {
  /** Most bytes of UTF-8 that an id may take: it is part of every key on every topic. */
  public static final int MAX_BYTES = 256;

  public ItemId {
    check(!value.isBlank(), "item id is blank");
    int bytes = value.getBytes(StandardCharsets.UTF_8).length;
    check(bytes <= MAX_BYTES, "item id takes %d bytes, at most %d are allowed", bytes, MAX_BYTES);
    check(value.chars().noneMatch(Character::isISOControl), "item id holds a control character");
  }

  @Override
  public int compareTo(ItemId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
