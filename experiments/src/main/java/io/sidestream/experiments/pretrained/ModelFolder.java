package io.sidestream.experiments.pretrained;

import io.sidestream.learning.pretrained.FolderDigest;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A folder with a model, and the digest of the model.
 *
 * @param sha256 of all files that determine the model's output, as 64 hexadecimal digits
 */
public record ModelFolder(Path path, String sha256) {
  /** Reads all these files to their end. */
  static ModelFolder of(Path path) throws IOException {
    return new ModelFolder(path, FolderDigest.sha256(path));
  }

  /** The folder's name and the beginning of the hash, for reports. */
  String label() {
    return FolderDigest.label(path, sha256);
  }
}
