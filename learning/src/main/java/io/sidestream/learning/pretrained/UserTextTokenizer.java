package io.sidestream.learning.pretrained;

import static io.sidestream.learning.pretrained.HuggingFaceException.require;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.model.text.TextTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tokenizer of a folder for text that users type: no text becomes a special token, whatever it
 * holds.
 */
final class UserTextTokenizer {
  /*
   * A tokenizer.json finds its added tokens in a text before anything else: "</s>" typed into a
   * search would end the prompt. So they are left out of what is loaded. That is not enough for a
   * unigram model, whose vocabulary holds the same words with the best score there is; there they
   * are renamed to begin with a blank, which the text that reaches the model never has, since
   * blanks have become U+2581 by then. Ids stay as they are, and the templates that put markers
   * around a text go by id. Added tokens that are no special ones are words, and stay.
   */
  private static final String LOWER_CASE = "do_lower_case";
  private static final String UNIGRAM = "Unigram";
  private static final String WORD_PIECE = "WordPiece";

  private UserTextTokenizer() {}

  /**
   * @param maxTokens to which texts are truncated, special tokens counted
   */
  static TextTokenizer open(Path tokenizerJson, int maxTokens) throws IOException {
    return TextTokenizer.of(json(tokenizerJson), maxTokens);
  }

  /** The file that is opened, without its special tokens; goes into bundles. */
  static byte[] json(Path tokenizerJson) throws IOException {
    return json(tokenizerJson, Optional.empty(), false);
  }

  /**
   * The same.
   *
   * @param prompt put before each text
   * @param lowerCase whether texts are made lower case before anything else
   */
  static byte[] json(Path tokenizerJson, Optional<String> prompt, boolean lowerCase)
      throws IOException {
    ObjectNode root = withoutControls(tokenizerJson);
    if (prompt.isPresent() || lowerCase) {
      // what is added to the vocabulary parts a text, and each part would get the prompt
      require(
          tokenizerJson,
          prompt.isEmpty() || root.path("added_tokens").isEmpty(),
          "has words that were added, and a prompt goes with none");
      JsonNode before = root.path("normalizer");
      ArrayNode steps =
          root.putObject("normalizer").put("type", "Sequence").putArray("normalizers");
      prompt.ifPresent(text -> steps.addObject().put("type", "Prepend").put("prepend", text));
      if (lowerCase) {
        steps.addObject().put("type", "Lowercase");
      }
      if (before.isObject()) {
        steps.add(before);
      }
    }
    return new ObjectMapper().writeValueAsBytes(root);
  }

  /** Refuses a file that differs from the configuration beside it in the case of letters. */
  static void requireSameCase(Path tokenizerJson, Optional<ModelConfig> beside) throws IOException {
    JsonNode declared =
        beside.map(config -> config.json().path(LOWER_CASE)).orElse(NullNode.instance);
    JsonNode done = read(tokenizerJson).path("normalizer").path("lowercase");
    require(
        tokenizerJson,
        !declared.isBoolean() || !done.isBoolean() || declared.equals(done),
        "lowercase is %s, and %s is %s in tokenizer_config.json",
        done,
        LOWER_CASE,
        declared);
  }

  /** Refuses a tokenizer with an id that a model's table of tokens does not have. */
  static void requireWithin(Path tokenizerJson, int vocabulary) throws IOException {
    JsonNode root = read(tokenizerJson);
    JsonNode words = root.path("model").path("vocab");
    require(
        tokenizerJson,
        !words.isArray() || words.size() <= vocabulary,
        "has %d tokens, and the model's vocab_size is %d",
        words.size(),
        vocabulary);
    for (Map.Entry<String, JsonNode> word : words.properties()) {
      requireWithin(tokenizerJson, word.getKey(), word.getValue(), vocabulary);
    }
    for (JsonNode token : root.path("added_tokens")) {
      requireWithin(tokenizerJson, token.path("content").asText(), token.path("id"), vocabulary);
    }
  }

  private static void requireWithin(Path file, String word, JsonNode id, int vocabulary)
      throws IOException {
    require(
        file,
        id.asInt(-1) >= 0 && id.asInt() < vocabulary,
        "token \"%s\" has id %s, and the model's vocab_size is %d",
        word,
        id,
        vocabulary);
  }

  private static ObjectNode withoutControls(Path file) throws IOException {
    JsonNode root = read(file);
    JsonNode model = root.path("model");
    String type = type(model);
    require(
        file,
        type.equals(UNIGRAM) || type.equals(WORD_PIECE),
        "tokenizer is %s, expected %s or %s",
        type,
        UNIGRAM,
        WORD_PIECE);
    Set<String> controls = new HashSet<>();
    List<JsonNode> words = new ArrayList<>();
    for (JsonNode token : root.path("added_tokens")) {
      if (token.path("special").asBoolean(true)) {
        controls.add(token.path("content").asText());
      } else {
        words.add(token);
      }
    }
    requireOneAfterTheOther(file, model.path("vocab"), words);
    ((ObjectNode) model).put("type", type);
    ((ObjectNode) root).putArray("added_tokens").addAll(words);
    ((ObjectNode) root).putNull("padding");
    ((ObjectNode) root).putNull("truncation");
    if (type.equals(UNIGRAM)) {
      model.path("vocab").forEach(piece -> rename((ArrayNode) piece, controls));
    }
    return (ObjectNode) root;
  }

  /** The library numbers added words by itself, whatever the file says. */
  private static void requireOneAfterTheOther(Path file, JsonNode vocabulary, List<JsonNode> words)
      throws IOException {
    Set<String> known = new HashSet<>();
    vocabulary.properties().forEach(word -> known.add(word.getKey()));
    vocabulary.forEach(piece -> known.add(piece.path(0).asText()));
    int next = vocabulary.size();
    for (JsonNode word : words) {
      if (!known.contains(word.path("content").asText())) {
        require(
            file,
            word.path("id").asInt(-1) == next,
            "added token \"%s\" has id %s, expected %d",
            word.path("content").asText(),
            word.path("id"),
            next);
        next++;
      }
    }
  }

  /** Files of earlier versions do not say it: then what is there does. */
  private static String type(JsonNode model) {
    if (model.has("type")) {
      return model.path("type").asText();
    }
    if (model.path("vocab").isArray()) {
      return UNIGRAM;
    }
    return model.has("continuing_subword_prefix") && !model.has("merges")
        ? WORD_PIECE
        : "of no type";
  }

  private static JsonNode read(Path file) throws IOException {
    try {
      JsonNode root = new ObjectMapper().readTree(file.toFile());
      require(file, root.isObject(), "is not a JSON object");
      return root;
    } catch (JsonProcessingException e) {
      throw new HuggingFaceException(file, "is not JSON", e);
    }
  }

  private static void rename(ArrayNode piece, Set<String> controls) {
    String name = piece.path(0).asText();
    if (controls.contains(name)) {
      piece.set(0, " " + name);
    }
  }
}
