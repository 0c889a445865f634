package io.sidestream.cli;

import io.sidestream.index.IndexConfig;
import io.sidestream.ingest.IngestConfig;
import io.sidestream.schemas.settings.Settings;
import io.sidestream.schemas.settings.SettingsException;
import io.sidestream.trainer.TrainerConfig;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Everything about settings. */
@Command(
    name = "config",
    description = "Check settings before anything is started with them.",
    mixinStandardHelpOptions = true,
    subcommands = ConfigCommand.Check.class)
final class ConfigCommand {
  /** Reads the settings as every process would. */
  @Command(
      name = "check",
      description = "Read file, environment and options as every process would; list all mistakes.",
      mixinStandardHelpOptions = true)
  static final class Check implements Callable<Integer> {
    @Spec CommandSpec spec;
    @Mixin SettingsOption settings;

    @Override
    public Integer call() {
      Set<String> mistakes = new LinkedHashSet<>();
      collect(IngestConfig::from, mistakes);
      collect(TrainerConfig::from, mistakes);
      collect(IndexConfig::from, mistakes);
      if (mistakes.isEmpty()) {
        spec.commandLine().getOut().println("settings are good");
        return ExitCode.OK;
      }
      mistakes.forEach(mistake -> spec.commandLine().getErr().println("sidestream: " + mistake));
      return ExitCode.SOFTWARE;
    }

    private void collect(Consumer<Settings> reader, Set<String> mistakes) {
      try {
        reader.accept(settings.settings(Map.of()));
      } catch (SettingsException e) {
        mistakes.addAll(e.mistakes());
      }
    }
  }
}
