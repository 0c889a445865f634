package io.sidestream.index.serving;

import io.sidestream.schemas.GenerationAnnouncement;
import java.io.IOException;

/** Opens announced generations; slow, so never called by a thread that answers. */
@FunctionalInterface
public interface GenerationLoader {
  /**
   * The generation, ready to answer.
   *
   * @throws IOException when the bundle is missing, broken, or not what was announced
   */
  LoadedGeneration load(GenerationAnnouncement announced) throws IOException;
}
