package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The codes that name items within one generation, coarse to fine. Shape: codes[level]; unit:
 * centroid index in [0, 65536). Codes mean nothing without their generation, so they carry it.
 */
public record SemanticId(Generation generation, int[] codes) {
  /** Most levels a codebook may have. */
  public static final int MAX_LEVELS = 8;

  /** Most codes a level may have: a code fits two bytes wherever it is stored. */
  public static final int MAX_WIDTH = 65_536;

  public SemanticId {
    check(
        codes.length > 0 && codes.length <= MAX_LEVELS,
        "semantic id has %d levels, expected 1 to %d",
        codes.length,
        MAX_LEVELS);
    for (int code : codes) {
      check(code >= 0 && code < MAX_WIDTH, "code is %d, expected 0 to %d", code, MAX_WIDTH - 1);
    }
    codes = codes.clone();
  }

  @Override
  public int[] codes() {
    return codes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SemanticId that
        && generation.equals(that.generation)
        && Arrays.equals(codes, that.codes);
  }

  @Override
  public int hashCode() {
    return 31 * generation.hashCode() + Arrays.hashCode(codes);
  }

  /** For example {@code 12:17-203}: generation, then codes. */
  @Override
  public String toString() {
    return generation
        + ":"
        + Arrays.stream(codes).mapToObj(Integer::toString).collect(Collectors.joining("-"));
  }
}
