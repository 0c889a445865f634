package io.sidestream.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The program's version, as the build wrote it into the jar. */
final class BuildVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = SidestreamCommand.class.getPackage().getImplementationVersion();
    return new String[] {"sidestream " + Optional.ofNullable(version).orElse("(not packaged)")};
  }
}
