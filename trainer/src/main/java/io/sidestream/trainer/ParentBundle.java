package io.sidestream.trainer;

import io.sidestream.learning.generation.ParentCodes;
import io.sidestream.model.bundle.BundleException;
import io.sidestream.model.bundle.BundleNotFoundException;
import io.sidestream.model.bundle.BundleReader;
import io.sidestream.model.bundle.GenerationWeights;
import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.store.BundleStore;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what a training begins with of the generation that serves, from its bundle in the store.
 */
record ParentBundle(BundleStore store) {
  private static final Logger LOG = LoggerFactory.getLogger(ParentBundle.class);

  /*
   * A training does not fail because its parent is gone: it is one without alignment. The reasons
   * are fixed sentences, since they are part of the manifest; the log has what happened.
   */

  /** The codes of its items, or why they cannot be read. */
  ParentCodes codes(GenerationAnnouncement live) {
    Generation generation = live.generation();
    String sha256 = live.manifestSha256();
    try {
      return ParentCodes.of(
          generation,
          sha256,
          read(generation, sha256, bundle -> BundleReader.codes(bundle, generation, sha256)));
    } catch (BundleNotFoundException e) {
      return unreadable(live, "its bundle is not in the store", e);
    } catch (BundleException e) {
      return unreadable(live, "its bundle is damaged or another one", e);
    } catch (IOException e) {
      return unreadable(live, "its bundle could not be read", e);
    }
  }

  /**
   * What a refresh needs.
   *
   * @param weights empty where the bundle keeps none for a later training
   */
  record Parent(Manifest manifest, Optional<GenerationWeights> weights) {}

  /** Its manifest and weights; empty where they cannot be read, and the log says why. */
  Optional<Parent> parent(GenerationAnnouncement live) {
    Generation generation = live.generation();
    String sha256 = live.manifestSha256();
    try {
      return Optional.of(
          read(
              generation,
              sha256,
              bundle ->
                  new Parent(
                      BundleReader.manifest(bundle),
                      BundleReader.weights(bundle, generation, sha256))));
    } catch (IOException e) {
      LOG.warn("training does not begin with generation {}: {}", generation, e.getMessage());
      return Optional.empty();
    }
  }

  /** Reads a part of a bundle. */
  private interface Part<T> {
    T of(Path bundle) throws IOException;
  }

  /** A local copy that turns out damaged is fetched again. */
  private <T> T read(Generation generation, String sha256, Part<T> part) throws IOException {
    try {
      return part.of(store.fetch(generation, sha256));
    } catch (BundleException e) {
      if (!store.discard(generation, sha256)) {
        throw e;
      }
      return part.of(store.fetch(generation, sha256));
    }
  }

  private static ParentCodes unreadable(
      GenerationAnnouncement live, String fault, IOException cause) {
    LOG.warn("codes are not aligned with generation {}: {}", live.generation(), cause.getMessage());
    return ParentCodes.unreadable(live.generation(), live.manifestSha256(), fault);
  }
}
