package io.sidestream.index.store;

import io.sidestream.model.resources.DirectoryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens stores; a broken one is set aside, and an empty one takes its place. */
final class BrokenStores {
  /*
   * All that a store holds comes from bundles and topics, with the offsets up to which it was read:
   * without offsets both are read again from the beginning.
   */
  private static final Logger LOG = LoggerFactory.getLogger(BrokenStores.class);
  private static final String ASIDE = ".broken";

  private BrokenStores() {}

  interface Opening<T> {
    T open(Path directory) throws IOException;
  }

  static <T> T openOrRebuild(Path directory, Opening<T> opening) throws IOException {
    try {
      return opening.open(directory);
    } catch (StoreException e) {
      if (!e.isBroken()) {
        throw e;
      }
      Path aside = directory.resolveSibling(directory.getFileName() + ASIDE);
      LOG.error("{}; it is set aside as {} and rebuilt", e.getMessage(), aside);
      DirectoryTree.delete(aside);
      Files.move(directory, aside);
      return opening.open(directory);
    }
  }
}
