package io.sidestream.ingest.trigger;

/**
 * An item came, changed or went.
 *
 * @param place where the record lies
 * @param removed whether the item went
 */
record ItemSeen(String item, ItemPlace place, boolean removed) implements TrainingSignal {
  @Override
  public String key() {
    return item;
  }

  @Override
  public TrainingSignal then(TrainingSignal later) {
    return later;
  }

  @Override
  public <E extends Exception> void read(Reader<E> reader) throws E {
    reader.item(this);
  }
}
