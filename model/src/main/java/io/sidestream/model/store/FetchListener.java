package io.sidestream.model.store;

import java.io.IOException;
import java.time.Duration;

/** Gets each fetch of a bundle. */
public interface FetchListener {
  /** Counts nothing. */
  FetchListener NONE =
      new FetchListener() {
        @Override
        public void fetched(Duration took) {}

        @Override
        public void failed(IOException why) {}
      };

  /** A bundle is on this machine. */
  void fetched(Duration took);

  /** A bundle could not be fetched. */
  void failed(IOException why);
}
