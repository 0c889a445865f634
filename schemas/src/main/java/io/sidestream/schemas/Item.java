package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A thing people look for.
 *
 * @param texts longer texts by field name, for example {@code description}; order is kept
 * @param attributes short values by name, for example {@code genre} → {@code [Drama, Crime]}
 */
public record Item(
    ItemId id, String title, Map<String, String> texts, Map<String, List<String>> attributes) {
  /** Most characters in a title. */
  public static final int MAX_TITLE = 2_000;

  /** Most characters in one text field. */
  public static final int MAX_TEXT = 100_000;

  /** Most text fields and most attributes of one item. */
  public static final int MAX_FIELDS = 64;

  public Item {
    check(!title.isBlank(), "item %s has a blank title", id);
    check(
        title.length() <= MAX_TITLE,
        "item %s has a title of %d characters, at most %d are allowed",
        id,
        title.length(),
        MAX_TITLE);
    check(
        texts.size() <= MAX_FIELDS && attributes.size() <= MAX_FIELDS,
        "item %s has more than %d fields",
        id,
        MAX_FIELDS);
    for (Map.Entry<String, String> text : texts.entrySet()) {
      check(
          text.getValue().length() <= MAX_TEXT,
          "item %s has %d characters of %s, at most %d are allowed",
          id,
          text.getValue().length(),
          text.getKey(),
          MAX_TEXT);
    }
    texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
    attributes =
        Collections.unmodifiableMap(
            attributes.entrySet().stream()
                .collect(
                    Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> List.copyOf(entry.getValue()),
                        (first, second) -> second,
                        LinkedHashMap::new)));
  }
}
