package io.sidestream.ingest.coding;

import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.SemanticId;
import java.util.concurrent.atomic.AtomicBoolean;

/** Codes an item by the hash of its title: stands in for a bundle where only the flow matters. */
record TitleCoder(Generation generation, AtomicBoolean closing) implements ItemCoder {
  private static final int WIDTH = 256;

  static ItemCoder open(GenerationAnnouncement announcement) {
    return new TitleCoder(announcement.generation(), new AtomicBoolean());
  }

  /** The codes that a title gets. */
  static int[] codes(String title) {
    int hash = title.hashCode();
    return new int[] {Math.floorMod(hash, WIDTH), Math.floorMod(hash / WIDTH, WIDTH)};
  }

  boolean closed() {
    return closing.get();
  }

  @Override
  public CodedItem code(Item item) {
    return new CodedItem(
        item.id(), new SemanticId(generation, codes(item.title())), new float[] {1});
  }

  @Override
  public void close() {
    closing.set(true);
  }
}
