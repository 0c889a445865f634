package io.sidestream.cli.produce;

/** Told how far long work has come. */
@FunctionalInterface
public interface Steps {
  /** Nobody is told. */
  Steps UNSEEN = (done, total) -> {};

  /** So many of so many are done. */
  void done(long done, long total);
}
