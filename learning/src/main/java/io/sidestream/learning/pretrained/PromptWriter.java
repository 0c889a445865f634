package io.sidestream.learning.pretrained;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.text.TextTokenizer;
import java.util.List;

/**
 * Writes prompts as tokens: words, then the newest items that fit, then the end.
 *
 * @param maxTokens longest prompt, its end counted
 */
record PromptWriter(TextTokenizer words, IdTokens ids, int endToken, int maxTokens) {
  PromptWriter {
    check(
        maxTokens > ids.shape().levels() + 1,
        "prompts of %d tokens hold no item of %d codes",
        maxTokens,
        ids.shape().levels());
  }

  long[] tokens(TextPrompt prompt) {
    long[] pieces = words.encodeBare(prompt.text());
    int levels = ids.shape().levels();
    int text = Math.min(pieces.length, maxTokens - 1);
    List<int[]> history = prompt.history();
    int items = Math.min(history.size(), (maxTokens - 1 - text) / levels);
    long[] tokens = new long[text + items * levels + 1];
    System.arraycopy(pieces, 0, tokens, 0, text);
    int at = text;
    for (int[] codes : history.subList(history.size() - items, history.size())) {
      for (int token : ids.tokens(codes)) {
        tokens[at++] = token;
      }
    }
    tokens[at] = endToken;
    return tokens;
  }
}
