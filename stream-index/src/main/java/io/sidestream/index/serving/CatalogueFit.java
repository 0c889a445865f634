package io.sidestream.index.serving;

import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.schemas.CodedItem;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Filters items whose codes or vector do not fit a catalogue's generation. */
final class CatalogueFit {
  private static final Logger LOG = LoggerFactory.getLogger(CatalogueFit.class);

  private CatalogueFit() {}

  /** Whether the item fits; logs those that do not. */
  static boolean fits(Catalogue catalogue, CodedItem item) {
    CodebookShape shape = catalogue.trie().shape();
    int[] codes = item.id().codes();
    boolean fits =
        codes.length == shape.levels()
            && Arrays.stream(codes).allMatch(code -> code < shape.width())
            && (catalogue.size() == 0 || item.vector().length == catalogue.vector(0).length);
    if (!fits) {
      LOG.warn(
          "item {} is left out: id {} and vector of {} do not fit generation {}",
          item.item(),
          item.id(),
          item.vector().length,
          catalogue.generation());
    }
    return fits;
  }
}
