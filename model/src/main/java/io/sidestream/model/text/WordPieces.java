package io.sidestream.model.text;

import static io.sidestream.schemas.Checks.check;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** A text's word pieces by the ids of a {@code tokenizer.json}, cut after a limit. Thread-safe. */
public final class WordPieces implements AutoCloseable {
  /** Most word pieces a text may be cut to. */
  public static final int MAX_PIECES = 512;

  /** Fewest: the two markers and one piece. */
  public static final int MIN_PIECES = 3;

  private final HuggingFaceTokenizer tokenizer;
  private final int maxPieces;

  private WordPieces(HuggingFaceTokenizer tokenizer, int maxPieces) {
    this.tokenizer = tokenizer;
    this.maxPieces = maxPieces;
  }

  /**
   * Opens a {@code tokenizer.json}; its own padding and truncation are ignored.
   *
   * @param maxPieces pieces after which a text is cut, the two markers counted
   */
  public static WordPieces open(Path tokenizerJson, int maxPieces) throws IOException {
    check(
        maxPieces >= MIN_PIECES && maxPieces <= MAX_PIECES,
        "texts are cut to %d pieces, expected %d to %d",
        maxPieces,
        MIN_PIECES,
        MAX_PIECES);
    Map<String, String> options =
        Map.of(
            "padding",
            "false",
            "truncation",
            "true",
            "maxLength",
            Integer.toString(maxPieces),
            "modelMaxLength",
            Integer.toString(maxPieces));
    return new WordPieces(HuggingFaceTokenizer.newInstance(tokenizerJson, options), maxPieces);
  }

  /** The limit, markers counted. */
  public int maxPieces() {
    return maxPieces;
  }

  /** With the markers that begin and end a text; at most {@link #maxPieces()}. */
  public long[] ids(String text) {
    return tokenizer.encode(text, true, false).getIds();
  }

  /** Without markers; at most {@link #maxPieces()}. */
  public long[] pieces(String text) {
    long[] ids = tokenizer.encode(text, false, false).getIds();
    return ids.length > maxPieces ? Arrays.copyOf(ids, maxPieces) : ids;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
