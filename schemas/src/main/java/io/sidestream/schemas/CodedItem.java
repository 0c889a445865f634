package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;

import java.util.Arrays;
import java.util.Optional;

/**
 * An item encoded by one generation: its Semantic ID and its vector.
 *
 * @param vector the item's unit vector in the generation's space, length D
 * @param words what search by words finds it by; empty in records of earlier versions
 */
public record CodedItem(ItemId item, SemanticId id, float[] vector, Optional<ItemWords> words) {
  /** Most dimensions of a vector. */
  public static final int MAX_DIMENSIONS = 4_096;

  /** Without words. */
  public CodedItem(ItemId item, SemanticId id, float[] vector) {
    this(item, id, vector, Optional.empty());
  }

  public CodedItem {
    check(
        vector.length > 0 && vector.length <= MAX_DIMENSIONS,
        "vector of item %s has %d dimensions, expected 1 to %d",
        item,
        vector.length,
        MAX_DIMENSIONS);
    vector = vector.clone();
    for (float number : vector) {
      check(Float.isFinite(number), "vector of item %s holds %s", item, number);
    }
  }

  @Override
  public float[] vector() {
    return vector.clone();
  }

  /** The generation whose codes these are. */
  public Generation generation() {
    return id.generation();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodedItem that
        && item.equals(that.item)
        && id.equals(that.id)
        && Arrays.equals(vector, that.vector)
        && words.equals(that.words);
  }

  @Override
  public int hashCode() {
    return 31 * item.hashCode() + id.hashCode();
  }
}
