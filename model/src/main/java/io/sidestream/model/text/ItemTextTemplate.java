package io.sidestream.model.text;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemWords;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** How an item becomes one text; its version is part of a generation. */
public enum ItemTextTemplate {
  /**
   * Title, attributes ({@code genre: Drama, Crime}), then texts, as sentences. Attributes come
   * before texts because long texts are cut; fields are sorted by name, because maps lose their
   * order on the wire.
   */
  V1("v1");

  private static final Pattern SPACES = Pattern.compile("\\s+");

  private final String version;

  ItemTextTemplate(String version) {
    this.version = version;
  }

  /** As written in manifests. */
  public String version() {
    return version;
  }

  /** The template of a manifest. */
  public static ItemTextTemplate of(String version) {
    for (ItemTextTemplate template : values()) {
      if (template.version.equals(version)) {
        return template;
      }
    }
    throw new IllegalArgumentException(
        "item text template is \"" + version + "\", expected " + V1.version);
  }

  /** The item's text, on one line. */
  public String render(Item item) {
    StringBuilder text = new StringBuilder(256);
    sentence(text, item.title());
    describe(text, item);
    check(text.length() > 0, "item %s has no text", item.id());
    return text.toString();
  }

  /** The same words, the title apart. */
  public ItemWords words(Item item) {
    StringBuilder text = new StringBuilder(256);
    describe(text, item);
    return new ItemWords(item.title(), text.toString());
  }

  private static void describe(StringBuilder text, Item item) {
    for (Map.Entry<String, List<String>> attribute : new TreeMap<>(item.attributes()).entrySet()) {
      List<String> values = attribute.getValue().stream().filter(v -> !v.isBlank()).toList();
      if (!values.isEmpty()) {
        sentence(text, attribute.getKey() + ": " + String.join(", ", values));
      }
    }
    new TreeMap<>(item.texts()).values().forEach(value -> sentence(text, value));
  }

  private static void sentence(StringBuilder text, String raw) {
    String words = SPACES.matcher(raw).replaceAll(" ").strip();
    if (words.isEmpty()) {
      return;
    }
    if (text.length() > 0) {
      boolean ended = ".!?".indexOf(text.charAt(text.length() - 1)) >= 0;
      text.append(ended ? " " : ". ");
    }
    text.append(words);
  }
}
