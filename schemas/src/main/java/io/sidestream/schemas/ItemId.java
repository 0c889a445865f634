package io.sidestream.schemas;

/** Id of an item of the catalogue, as the producer assigns it. Order: by UTF-16 unit. */
public record ItemId(String value) implements Comparable<ItemId> {
  public ItemId {
    Checks.checkId("item id", value);
  }

  @Override
  public int compareTo(ItemId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
