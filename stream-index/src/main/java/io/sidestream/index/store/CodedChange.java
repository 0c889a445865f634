package io.sidestream.index.store;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.CodedItemKey;
import java.util.Optional;

/**
 * What became of one item in one generation.
 *
 * @param item its new place; empty when the item was removed
 */
public record CodedChange(CodedItemKey key, Optional<CodedItem> item) {
  public CodedChange {
    if (item.isPresent()) {
      CodedItem coded = item.get();
      check(
          coded.item().equals(key.item()) && coded.generation().equals(key.generation()),
          "coded item %s of generation %s lies under key %s",
          coded.item(),
          coded.generation(),
          key);
    }
  }

  /** The item has this place now. */
  public static CodedChange placed(CodedItem item) {
    return new CodedChange(new CodedItemKey(item.generation(), item.item()), Optional.of(item));
  }

  /** The item is gone. */
  public static CodedChange removed(CodedItemKey key) {
    return new CodedChange(key, Optional.empty());
  }
}
