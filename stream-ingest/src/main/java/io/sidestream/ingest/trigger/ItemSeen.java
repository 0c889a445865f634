package io.sidestream.ingest.trigger;

/**
 * An item was added, changed or removed.
 *
 * @param position of its record
 */
record ItemSeen(String item, ItemPosition position, boolean removed) implements TrainingSignal {
  @Override
  public String key() {
    return item;
  }

  @Override
  public <E extends Exception> void accept(Visitor<E> visitor) throws E {
    visitor.item(this);
  }
}
