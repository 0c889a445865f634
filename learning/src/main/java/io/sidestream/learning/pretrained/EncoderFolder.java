package io.sidestream.learning.pretrained;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.text.TextTokenizer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder of a text encoder, and how texts are given to it.
 *
 * @param maxTokens where texts are cut, unless the folder says less
 * @param prompt what is put before each text, as it stands; empty for what the folder says
 */
public record EncoderFolder(Path path, int maxTokens, Optional<String> prompt) {
  /** Most characters of a prompt. */
  public static final int MAX_PROMPT = 1_000;

  public EncoderFolder {
    check(
        prompt.isEmpty() || prompt.get().length() <= MAX_PROMPT,
        "a prompt has %d characters, expected at most %d",
        prompt.map(String::length).orElse(0),
        MAX_PROMPT);
  }

  /** As the folder says. */
  public static EncoderFolder of(Path path) {
    return new EncoderFolder(path, TextTokenizer.MAX_TOKENS, Optional.empty());
  }
}
