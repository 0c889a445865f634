package io.sidestream.rehearsal;

import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.model.ranking.ItemAttributes;
import io.sidestream.model.ranking.LiveCounts;
import io.sidestream.model.ranking.QueryCache;
import io.sidestream.model.ranking.QueryReading;
import io.sidestream.model.ranking.Retriever;
import io.sidestream.model.store.GenerationOpener;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Prompt;
import java.io.IOException;
import java.util.List;

/** A generation beside the system that answers as it would if it served. One thread. */
final class FixedGeneration implements AutoCloseable {
  private final OpenGeneration open;
  private final Retriever retriever;
  private Catalogue catalogue;

  private FixedGeneration(OpenGeneration open, LiveCounts live) {
    this.open = open;
    this.retriever =
        new Retriever(open, live, ItemAttributes.NONE, QueryCache.NONE)
            .reading(QueryReading.AS_MEANT);
    this.catalogue = Catalogue.of(open);
  }

  /**
   * @param items that are known now, those of its bundle among them
   */
  static FixedGeneration open(
      GenerationOpener opener, GenerationAnnouncement announced, LiveCounts live, List<Item> items)
      throws IOException {
    OpenGeneration open = opener.open(announced.generation(), announced.manifestSha256());
    FixedGeneration fixed = new FixedGeneration(open, live);
    items.stream().filter(item -> !fixed.catalogue.contains(item.id())).forEach(fixed::add);
    return fixed;
  }

  /** Whether it is this very bundle: numbers of two stores say nothing. */
  boolean isOf(GenerationAnnouncement announced) {
    return open.manifestSha256().equals(announced.manifestSha256());
  }

  /** An item comes: it is coded as ingest does it. */
  void add(Item item) {
    CodedItem coded = open.code(item, open.collaborative(item.id()));
    catalogue = catalogue.with(List.of(coded), List.of());
  }

  /** Whether its answer holds an item. */
  boolean finds(Prompt prompt, ItemId item) {
    return retriever.answer(prompt, catalogue).items().stream()
        .anyMatch(one -> one.item().equals(item));
  }

  @Override
  public void close() {
    open.close();
  }
}
