package io.sidestream.ingest.requests;

/**
 * An item came, changed or went.
 *
 * @param place where the record lies
 * @param removed whether the item went
 */
record ItemSeen(String item, ItemPlace place, boolean removed) implements Sighting {
  @Override
  public String key() {
    return item;
  }

  @Override
  public Sighting then(Sighting later) {
    return later;
  }

  @Override
  public <E extends Exception> void read(Reader<E> reader) throws E {
    reader.item(this);
  }
}
