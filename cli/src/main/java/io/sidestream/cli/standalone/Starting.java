package io.sidestream.cli.standalone;

import java.time.Duration;

/** Told when a part of the system is up. */
@FunctionalInterface
public interface Starting {
  /** Nobody is told. */
  Starting UNSEEN = (part, detail, took) -> {};

  /** A part is up, and this is how long it took. */
  void started(String part, String detail, Duration took);
}
