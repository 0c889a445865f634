package io.sidestream.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Version of the program, from the manifest of its jar. */
final class BuildVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = SidestreamCommand.class.getPackage().getImplementationVersion();
    return new String[] {"sidestream " + Optional.ofNullable(version).orElse("(not packaged)")};
  }
}
