package io.sidestream.trainer;

import io.sidestream.model.bundle.BundleException;
import io.sidestream.model.bundle.BundleWriter;
import io.sidestream.model.store.BundleStore;
import io.sidestream.model.store.RetryDelays;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes bundles; a store that is away for minutes does not cost a training. */
record Upload(BundleStore store, RetryDelays delays) {
  private static final Logger LOG = LoggerFactory.getLogger(Upload.class);

  /** Attempts before the training fails: with the default delays after about five minutes. */
  static final int MAX_ATTEMPTS = 10;

  void publish(BundleWriter sealed) throws IOException {
    for (int failures = 1; ; failures++) {
      try {
        store.publish(sealed);
        return;
      } catch (BundleException e) {
        throw e;
      } catch (IOException e) {
        if (failures == MAX_ATTEMPTS) {
          throw e;
        }
        LOG.warn(
            "generation {} is not published yet, tried again in {}: {}",
            sealed.generation(),
            delays.after(failures),
            e.getMessage());
        sleep(failures);
      }
    }
  }

  private void sleep(int failures) throws InterruptedIOException {
    try {
      Thread.sleep(delays.after(failures).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a bundle waits for its store");
    }
  }
}
