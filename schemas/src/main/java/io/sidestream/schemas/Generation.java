package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;

import java.util.Locale;

/** One training's whole result, numbered from 1 upwards in the order of training. */
public record Generation(long number) implements Comparable<Generation> {
  public Generation {
    check(number > 0, "generation number is %d, expected 1 or more", number);
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
