package io.sidestream.model.generator;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.codes.CodebookShape;
import java.util.Arrays;
import java.util.Optional;

/**
 * The generator's input tokens: markers, then word pieces of the corpus, then one token per level
 * and code. Typed text only ever becomes word pieces; ID tokens come in by index alone.
 *
 * <p>Layout: 0 search, 1 recommendation, 2 unknown piece, 3 … word pieces, then level * width +
 * code. A pretrained generator keeps the tokens of its own tokenizer instead, and its frame says
 * what else there is.
 *
 * @param pieces tokenizer ids of the known word pieces, ascending; none with a frame
 * @param frame of a pretrained generator's prompts; empty for one trained from scratch
 */
public record GeneratorVocabulary(int[] pieces, CodebookShape shape, Optional<PromptFrame> frame) {
  private static final int UNKNOWN = 2;
  private static final int FIRST_PIECE = 3;

  public GeneratorVocabulary {
    pieces = pieces.clone();
    check(
        frame.isEmpty() || pieces.length == 0,
        "a pretrained generator has %d pieces",
        pieces.length);
    for (int i = 1; i < pieces.length; i++) {
      check(pieces[i - 1] < pieces[i], "word piece %d is not in order", pieces[i]);
    }
  }

  /** The vocabulary of a generator that is trained from scratch. */
  public GeneratorVocabulary(int[] pieces, CodebookShape shape) {
    this(pieces, shape, Optional.empty());
  }

  /** The vocabulary of a pretrained generator. */
  public static GeneratorVocabulary of(PromptFrame frame, CodebookShape shape) {
    return new GeneratorVocabulary(new int[0], shape, Optional.of(frame));
  }

  @Override
  public int[] pieces() {
    return pieces.clone();
  }

  /** How many input tokens there are. */
  public int size() {
    return firstCode() + shape.levels() * shape.width();
  }

  private int firstCode() {
    return frame.map(PromptFrame::firstCode).orElse(FIRST_PIECE + pieces.length);
  }

  /** The tokens that begin a task's prompts. */
  int[] beginning(Task task) {
    return frame.map(some -> some.beginning(task)).orElseGet(() -> new int[] {marker(task)});
  }

  /** The tokens that end every prompt. */
  int[] end() {
    return frame.map(some -> new int[] {some.endToken()}).orElseGet(() -> new int[0]);
  }

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
  public int piece(long tokenizerId) {
    if (frame.isPresent()) {
      return (int) tokenizerId;
    }
    int at = Arrays.binarySearch(pieces, (int) tokenizerId);
    return at >= 0 ? FIRST_PIECE + at : UNKNOWN;
  }

  /** The token of word pieces that were not in the corpus. */
  public int unknown() {
    return UNKNOWN;
  }

  /** The token of a code at a level. */
  public int code(int level, int code) {
    return firstCode() + level * shape.width() + code;
  }
}
