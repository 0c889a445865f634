package io.sidestream.experiments.embedding;

/**
 * A text encoder as it is, opened: each text by itself, so that a vector does not depend on what is
 * read beside it. Thread-safe.
 */
interface OpenedEncoder extends AutoCloseable {
  /** E. */
  int dimensions();

  /** The unit vector of a text, shape [E]. */
  float[] encode(String text);

  /** The name of the file that keeps vectors by this very encoder. */
  String vectorsFile();

  @Override
  void close();
}
