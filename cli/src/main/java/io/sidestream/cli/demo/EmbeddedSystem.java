package io.sidestream.cli.demo;

import io.sidestream.cli.standalone.StandaloneSystem;
import io.sidestream.client.Connection;
import io.sidestream.schemas.Generation;
import java.nio.file.Path;
import java.util.Optional;

/** All parts in this process. */
record EmbeddedSystem(StandaloneSystem system) implements DemoSystem {
  @Override
  public Connection connection() {
    return system.connection();
  }

  @Override
  public Optional<String> page() {
    return Optional.of(system.page());
  }

  @Override
  public Path notes() {
    return system.work().root();
  }

  @Override
  public Optional<Generation> servingGeneration() {
    return system.servingGeneration();
  }

  @Override
  public void checkRunning() {
    system.checkRunning();
  }
}
