package io.sidestream.model.ranking;

import io.sidestream.schemas.ItemId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The attributes of items that requests filter by, as they are now. Thread-safe. */
@FunctionalInterface
public interface ItemAttributes {
  /** Of no item: with a filter, none is eligible. */
  ItemAttributes NONE = item -> Optional.empty();

  /** Values by attribute; empty for an item that is not known: no filter lets it through. */
  Optional<Map<String, List<String>>> of(ItemId item);
}
