package io.sidestream.index.serving;

import io.sidestream.schemas.GenerationAnnouncement;
import java.io.IOException;

/** Opens announced generations. Slow: not called by threads that answer. */
@FunctionalInterface
public interface GenerationLoader {
  /**
   * Opens a generation, ready to answer.
   *
   * @throws IOException when the bundle is missing, fails verification or is not the announced one
   */
  LoadedGeneration load(GenerationAnnouncement announced) throws IOException;
}
