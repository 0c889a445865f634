package io.sidestream.schemas;

import java.util.Arrays;

/**
 * An item that has its place in one generation.
 *
 * @param vector the item's unit vector in the generation's space, length D
 */
public record CodedItem(ItemId item, SemanticId id, float[] vector) {
  public CodedItem {
    vector = vector.clone();
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
        && Arrays.equals(vector, that.vector);
  }

  @Override
  public int hashCode() {
    return 31 * item.hashCode() + id.hashCode();
  }
}
