package io.sidestream.learning.pretrained;

import static io.sidestream.learning.pretrained.HuggingFaceException.require;

import com.fasterxml.jackson.databind.JsonNode;
import io.sidestream.model.text.TextTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What a folder of sentence-transformers puts before each text: its default prompt. */
final class SentencePrompt {
  static final String FILE = "config_sentence_transformers.json";
  private static final String NAME = "default_prompt_name";

  private SentencePrompt() {}

  /** The given one, else the folder's own; empty for none. */
  static Optional<String> of(HuggingFaceFolder folder, Optional<String> given) throws IOException {
    return given.isPresent() ? given : ofFolder(folder);
  }

  private static Optional<String> ofFolder(HuggingFaceFolder folder) throws IOException {
    Optional<ModelConfig> config = folder.further(FILE);
    if (config.isEmpty() || !config.get().present(NAME)) {
      return Optional.empty();
    }
    String name = config.get().text(NAME);
    JsonNode prompt = config.get().json().path("prompts").path(name);
    require(folder.path(), prompt.isTextual(), "%s is %s, which prompts do not have", NAME, name);
    int length = prompt.asText().length();
    require(
        folder.path(),
        length <= EncoderFolder.MAX_PROMPT,
        "prompt %s has %d characters, expected at most %d",
        name,
        length,
        EncoderFolder.MAX_PROMPT);
    return Optional.of(prompt.asText()).filter(text -> !text.isEmpty());
  }

  /** Refuses a prompt after which nothing of a text is left. */
  static void requireRoom(Path folder, Optional<String> prompt, TextTokenizer words)
      throws IOException {
    require(
        folder,
        prompt.isEmpty() || words.encode("a").length < words.maxTokens(),
        "prompt \"%s\" fills the %d tokens at which texts are cut",
        prompt.orElse(""),
        words.maxTokens());
  }
}
