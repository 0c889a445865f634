package io.sidestream.model.text;

import static io.sidestream.schemas.Checks.checkRange;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** Texts as token ids by a {@code tokenizer.json}, truncated to a limit. Thread-safe. */
public final class TextTokenizer implements AutoCloseable {
  /** Most tokens that a text of a bundle may be truncated to. */
  public static final int MAX_TOKENS = 512;

  /** Fewest: the two special tokens and one of the text. */
  public static final int MIN_TOKENS = 3;

  private final HuggingFaceTokenizer tokenizer;
  private final int maxTokens;

  private TextTokenizer(HuggingFaceTokenizer tokenizer, int maxTokens) {
    this.tokenizer = tokenizer;
    this.maxTokens = maxTokens;
  }

  /**
   * Opens a {@code tokenizer.json} of a bundle; its own padding and truncation are ignored.
   *
   * @param maxTokens to which texts are truncated, special tokens counted
   */
  public static TextTokenizer open(Path tokenizerJson, int maxTokens) throws IOException {
    checkRange(maxTokens, MIN_TOKENS, MAX_TOKENS, "texts are truncated to %d tokens");
    return of(Files.readAllBytes(tokenizerJson), maxTokens);
  }

  /** The same from JSON, with no limit to the limit. */
  public static TextTokenizer of(byte[] json, int maxTokens) throws IOException {
    TokenizerLibrary.load();
    String most = Integer.toString(maxTokens);
    Map<String, String> options =
        Map.of("padding", "false", "truncation", "true", "maxLength", most, "modelMaxLength", most);
    return new TextTokenizer(
        HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), options), maxTokens);
  }

  /** The limit, special tokens counted. */
  public int maxTokens() {
    return maxTokens;
  }

  /** Token ids with the special tokens around them; at most {@link #maxTokens()}. */
  public long[] encode(String text) {
    return tokenizer.encode(text, true, false).getIds();
  }

  /** Whether {@link #encode} leaves out the end of a text. */
  public boolean truncates(String text) {
    return tokenizer.encode(text, true, false).exceedMaxLength();
  }

  /** Token ids without special tokens; at most {@link #maxTokens()}. */
  public long[] encodeBare(String text) {
    long[] ids = tokenizer.encode(text, false, false).getIds();
    return ids.length > maxTokens ? Arrays.copyOf(ids, maxTokens) : ids;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
