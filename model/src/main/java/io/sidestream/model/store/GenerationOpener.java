package io.sidestream.model.store;

import io.sidestream.model.bundle.BundleException;
import io.sidestream.model.bundle.BundleReader;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.schemas.Generation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Opens announced generations from a store. */
public record GenerationOpener(BundleStore store, OnnxSessions sessions, FetchListener listener) {
  /**
   * Fetches, verifies and opens a bundle; a local copy that turns out corrupt is fetched again.
   *
   * @throws BundleException when the bundle is not fit for use
   * @throws IOException for anything that may pass: a bundle that is not there yet, a store that
   *     does not answer
   */
  public OpenGeneration open(Generation generation, String manifestSha256) throws IOException {
    try {
      return read(generation, manifestSha256);
    } catch (BundleException e) {
      if (!store.discard(generation, manifestSha256)) {
        throw e;
      }
      return read(generation, manifestSha256);
    }
  }

  private OpenGeneration read(Generation generation, String manifestSha256) throws IOException {
    return BundleReader.open(
        fetch(generation, manifestSha256), generation, manifestSha256, sessions);
  }

  private Path fetch(Generation generation, String manifestSha256) throws IOException {
    long start = System.nanoTime();
    try {
      Path directory = store.fetch(generation, manifestSha256);
      listener.fetched(Duration.ofNanos(System.nanoTime() - start));
      return directory;
    } catch (IOException e) {
      listener.failed(e);
      throw e;
    }
  }
}
