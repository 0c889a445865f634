package io.sidestream.trainer;

import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.bundle.BundleException;
import io.sidestream.model.bundle.BundleWriter;
import io.sidestream.model.store.BundleStore;
import io.sidestream.model.store.RetryDelays;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes bundles; a store that is away does not cost a training, however long it is. */
record Upload(BundleStore store, RetryDelays delays) {
  private static final Logger LOG = LoggerFactory.getLogger(Upload.class);

  /**
   * Returns when the bundle is in the store.
   *
   * @param progress may throw while the store is waited for, which ends it
   */
  void publish(BundleWriter sealed, TrainingProgress progress) throws IOException {
    for (int failures = 1; ; failures++) {
      try {
        store.publish(sealed);
        return;
      } catch (BundleException e) {
        throw e;
      } catch (IOException e) {
        LOG.warn(
            "generation {} is not published yet, tried again in {}: {}",
            sealed.generation(),
            delays.after(failures),
            e.getMessage());
        StoppableWait.before(failures, delays, progress);
      }
    }
  }
}
