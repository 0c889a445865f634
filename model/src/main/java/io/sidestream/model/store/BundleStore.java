package io.sidestream.model.store;

import io.sidestream.model.bundle.BundleWriter;
import io.sidestream.schemas.Generation;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;

/**
 * Where the bundles of one catalogue are: the trainer publishes to it, every process fetches from
 * it. Thread-safe.
 */
public interface BundleStore extends AutoCloseable {
  /** The store that the configuration names; nothing is read yet. */
  static BundleStore of(BundleStoreConfig config) {
    List<PublicKey> trusted = config.trustedKeys();
    BundleStore store =
        config.isBucket() ? S3BundleStore.open(config) : new DirectoryBundleStore(config);
    return trusted.isEmpty() ? store : new TrustingBundleStore(store, trusted);
  }

  /** Where bundles are staged before they are published. */
  Path staging();

  /**
   * Publishes a sealed bundle: others find all of it or nothing.
   *
   * @throws io.sidestream.model.bundle.BundleException when its generation exists
   */
  void publish(BundleWriter sealed) throws IOException;

  /**
   * The directory of a bundle on this machine, fetched if it is elsewhere.
   *
   * @param manifestSha256 hash of its {@code manifest.json}, 64 hexadecimal digits
   * @throws io.sidestream.model.bundle.BundleNotFoundException when it is not there, at least not
   *     yet
   * @throws io.sidestream.model.bundle.BundleException when it is another one or is corrupt
   */
  Path fetch(Generation generation, String manifestSha256) throws IOException;

  /**
   * Drops this machine's copy of a bundle.
   *
   * @return false when there was none, as in a store whose bundles are opened where they are
   */
  boolean discard(Generation generation, String manifestSha256) throws IOException;

  /** Generations that have a bundle here, ascending. */
  List<Generation> generations() throws IOException;

  /** Deletes a generation's bundle, if there is one. */
  void delete(Generation generation) throws IOException;

  /** What users call it: a directory, or the URL of a bucket. */
  String location();

  @Override
  void close();
}
