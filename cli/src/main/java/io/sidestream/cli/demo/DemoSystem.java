package io.sidestream.cli.demo;

import io.sidestream.cli.standalone.StandaloneSystem;
import io.sidestream.client.Connection;
import io.sidestream.schemas.Generation;
import java.nio.file.Path;
import java.util.Optional;

/** The running system that a demo uses: its own, in this process, or an existing one. */
public interface DemoSystem {
  /** The way to its cluster. */
  Connection connection();

  /** Where the page of its gateway is, where this process runs one. */
  Optional<String> page();

  /** Directory in which the demo notes what it has produced. */
  Path notes();

  /** The generation that serves now. */
  Optional<Generation> servingGeneration();

  /**
   * Checks that the system is running.
   *
   * @throws io.sidestream.schemas.UserErrorException when a part has stopped
   */
  void checkRunning();

  /** The system in this process. */
  static DemoSystem of(StandaloneSystem system) {
    return new EmbeddedSystem(system);
  }
}
