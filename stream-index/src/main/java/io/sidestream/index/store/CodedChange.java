package io.sidestream.index.store;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.CodedItemKey;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An upsert or removal of one item in one generation.
 *
 * @param item its new codes and vector; empty when it was removed
 * @param eventMillis time of the item's event, epoch milliseconds, when the change follows at once
 */
public record CodedChange(CodedItemKey key, Optional<CodedItem> item, OptionalLong eventMillis) {
  public CodedChange(CodedItemKey key, Optional<CodedItem> item) {
    this(key, item, OptionalLong.empty());
  }

  public CodedChange {
    if (item.isPresent()) {
      CodedItem coded = item.get();
      check(
          coded.item().equals(key.item()) && coded.generation().equals(key.generation()),
          "coded item %s of generation %s has key %s",
          coded.item(),
          coded.generation(),
          key);
    }
  }

  /** The item is added or replaced. */
  public static CodedChange upserted(CodedItem item) {
    return new CodedChange(new CodedItemKey(item.generation(), item.item()), Optional.of(item));
  }

  /** The item is removed. */
  public static CodedChange removed(CodedItemKey key) {
    return new CodedChange(key, Optional.empty());
  }
}
