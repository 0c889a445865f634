package io.sidestream.ingest.coding;

import io.sidestream.schemas.GenerationAnnouncement;
import java.io.IOException;
import java.io.Serializable;

/** Opens the coder of a generation. */
@FunctionalInterface
interface CoderOpener extends Serializable {
  /**
   * Opens a generation's bundle; the caller closes it.
   *
   * @throws BundleRefusedException when the bundle is not fit for use
   * @throws IOException for what may pass: a bundle that is not there yet, a store that does not
   *     answer
   */
  ItemCoder open(GenerationAnnouncement generation) throws BundleRefusedException, IOException;
}
