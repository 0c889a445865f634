package io.sidestream.learning.pretrained;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkEqual;

import io.sidestream.model.codes.CodebookShape;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The tokens of codes: after all tokens a model had, level by level. They have no spelling, so no
 * text can hold one.
 *
 * @param first token of code 0 of level 0
 */
record IdTokens(CodebookShape shape, int first) {
  /** How many there are. */
  int count() {
    return shape.levels() * shape.width();
  }

  int token(int level, int code) {
    check(code >= 0 && code < shape.width(), "code %d of %d", code, shape.width());
    return first + level * shape.width() + code;
  }

  /** Shape [level]. */
  int[] tokens(int[] codes) {
    checkEqual(codes.length, shape.levels(), "id has %d codes");
    return IntStream.range(0, codes.length).map(level -> token(level, codes[level])).toArray();
  }

  /** The codes of the first tokens of an ID; empty where one is no token of its level. */
  Optional<int[]> codes(int[] tokens) {
    if (tokens.length > shape.levels()) {
      return Optional.empty();
    }
    int[] codes = new int[tokens.length];
    for (int level = 0; level < codes.length; level++) {
      codes[level] = tokens[level] - first - level * shape.width();
      if (codes[level] < 0 || codes[level] >= shape.width()) {
        return Optional.empty();
      }
    }
    return Optional.of(codes);
  }
}
