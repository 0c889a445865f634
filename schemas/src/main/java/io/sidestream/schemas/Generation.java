package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;

import java.util.Locale;

/** One training's whole result, numbered from 1 upwards in the order of training. */
public record Generation(long number) implements Comparable<Generation> {
  /** The highest number: 18 digits, as names of directories have. */
  public static final long MAX_NUMBER = 999_999_999_999_999_999L;

  public Generation {
    check(
        number > 0 && number <= MAX_NUMBER,
        "generation number is %d, expected 1 to %d",
        number,
        MAX_NUMBER);
  }

  /** The generation trained after this one. */
  public Generation next() {
    return new Generation(number + 1);
  }

  /** The bundle's directory name, for example {@code generation-000012}. */
  public String directoryName() {
    return String.format(Locale.ROOT, "generation-%06d", number);
  }

  @Override
  public int compareTo(Generation other) {
    return Long.compare(number, other.number);
  }

  @Override
  public String toString() {
    return Long.toString(number);
  }
}
