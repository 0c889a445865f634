package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An item of the catalogue.
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

  /** Most characters in a field's name. */
  public static final int MAX_NAME = 128;

  /** Most values of one attribute. */
  public static final int MAX_VALUES = 1_000;

  /** Most characters in one value of an attribute. */
  public static final int MAX_VALUE = 2_000;

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
    texts.forEach((name, text) -> checkField(id, name, text, MAX_TEXT));
    attributes.forEach(
        (name, values) -> {
          check(
              values.size() <= MAX_VALUES,
              "item %s has %d values of %s, at most %d are allowed",
              id,
              values.size(),
              name,
              MAX_VALUES);
          values.forEach(value -> checkField(id, name, value, MAX_VALUE));
        });
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

  private static void checkField(ItemId id, String name, String value, int most) {
    check(
        !name.isBlank() && name.length() <= MAX_NAME,
        "item %s has a field named \"%s\", expected 1 to %d characters",
        id,
        name,
        MAX_NAME);
    check(
        value.length() <= most,
        "item %s has %d characters of %s, at most %d are allowed",
        id,
        value.length(),
        name,
        most);
  }
}
