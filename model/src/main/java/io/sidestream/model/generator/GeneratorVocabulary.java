package io.sidestream.model.generator;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.codes.CodebookShape;
import java.util.Arrays;

/**
 * The generator's input tokens: markers, then word pieces of the corpus, then one token per level
 * and code. Typed text only ever becomes word pieces; ID tokens come in by index alone.
 *
 * <p>Layout: 0 search, 1 recommendation, 2 unknown piece, 3 … word pieces, then level * width +
 * code.
 *
 * @param pieces tokenizer ids of the known word pieces, ascending
 */
public record GeneratorVocabulary(int[] pieces, CodebookShape shape) {
  private static final int UNKNOWN = 2;
  private static final int FIRST_PIECE = 3;

  public GeneratorVocabulary {
    pieces = pieces.clone();
    for (int i = 1; i < pieces.length; i++) {
      check(pieces[i - 1] < pieces[i], "word piece %d is not in order", pieces[i]);
    }
  }

  @Override
  public int[] pieces() {
    return pieces.clone();
  }

  /** How many input tokens there are. */
  public int size() {
    return FIRST_PIECE + pieces.length + shape.levels() * shape.width();
  }

  /** The marker that begins a prompt of this task. */
  public int marker(Task task) {
    return switch (task) {
      case SEARCH -> 0;
      case RECOMMENDATION -> 1;
    };
  }

  /**
   * The token of a word piece by its tokenizer id; the unknown token where it was not in the
   * corpus.
   */
  int piece(long tokenizerId) {
    int at = Arrays.binarySearch(pieces, (int) tokenizerId);
    return at >= 0 ? FIRST_PIECE + at : UNKNOWN;
  }

  /** The token of a code at a level. */
  public int code(int level, int code) {
    return FIRST_PIECE + pieces.length + level * shape.width() + code;
  }
}
