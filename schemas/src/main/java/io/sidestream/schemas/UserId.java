package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;

import java.nio.charset.StandardCharsets;

/**
 * A person or session whose interactions belong together, by the producer's own name for it. Order:
 * by UTF-16 unit.
 */
public record UserId(String value) implements Comparable<UserId> {
  /** Most bytes of UTF-8 that an id may take: it is part of every key on every topic. */
  public static final int MAX_BYTES = 256;

  public UserId {
    check(!value.isBlank(), "user id is blank");
    int bytes = value.getBytes(StandardCharsets.UTF_8).length;
    check(bytes <= MAX_BYTES, "user id takes %d bytes, at most %d are allowed", bytes, MAX_BYTES);
    check(value.chars().noneMatch(Character::isISOControl), "user id holds a control character");
  }

  @Override
  public int compareTo(UserId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
