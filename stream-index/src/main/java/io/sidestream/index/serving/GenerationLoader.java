package io.sidestream.index.serving;

import io.sidestream.schemas.GenerationAnnouncement;
import java.io.IOException;

/** Opens announced generations. Slow: not called by threads that answer. */
@FunctionalInterface
public interface GenerationLoader {
  /**
   * Opens a generation, ready to answer.
   *
   * @throws io.sidestream.model.bundle.BundleException when the bundle is not fit for use
   * @throws IOException for what may pass: a bundle that is not there yet, a store that does not
   *     answer
   */
  LoadedGeneration load(GenerationAnnouncement announced) throws IOException;
}
