package io.sidestream.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.sidestream.gateway.GatewayConfig;
import io.sidestream.index.IndexConfig;
import io.sidestream.ingest.IngestConfig;
import io.sidestream.schemas.settings.SettingValue;
import io.sidestream.schemas.settings.SettingValues;
import io.sidestream.schemas.settings.Settings;
import io.sidestream.schemas.settings.SettingsException;
import io.sidestream.schemas.settings.SettingsSchema;
import io.sidestream.trainer.TrainerConfig;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Everything about settings. */
@Command(
    name = "config",
    description = "Show settings, and check them before anything is started with them.",
    mixinStandardHelpOptions = true,
    subcommands = {ConfigCommand.Show.class, ConfigCommand.Check.class})
final class ConfigCommand {
  /** The settings of all processes. */
  static final SettingsSchema ALL =
      new SettingsSchema()
          .include(
              IngestConfig.SCHEMA, TrainerConfig.SCHEMA, IndexConfig.SCHEMA, GatewayConfig.SCHEMA);

  private ConfigCommand() {}

  private static boolean check(Settings settings, CommandSpec spec) {
    try {
      return settings.read(ALL, ConfigCommand::check);
    } catch (SettingsException e) {
      e.mistakes().forEach(found -> spec.commandLine().getErr().println("sidestream: " + found));
      return false;
    }
  }

  private static boolean check(SettingValues values) {
    SettingsException.checkAll(
        () -> IngestConfig.of(values),
        () -> TrainerConfig.of(values),
        () -> IndexConfig.of(values),
        () -> GatewayConfig.of(values));
    return true;
  }

  /** Prints the settings that are in effect. */
  @Command(
      name = "show",
      description =
          "Print every setting in effect and where it comes from; secrets are masked, mistakes"
              + " listed.",
      mixinStandardHelpOptions = true)
  static final class Show implements Callable<Integer> {
    @Spec CommandSpec spec;
    @Mixin ApplicationOption application;
    @Mixin OutputOption output;

    @Override
    public Integer call() {
      Settings settings = application.settings();
      List<SettingValue> effective = settings.values(ALL).effective();
      spec.commandLine().getOut().println(output.isJson() ? json(effective) : table(effective));
      return check(settings, spec) ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static String json(List<SettingValue> effective) {
      ArrayNode array = Json.array();
      effective.forEach(
          value ->
              array
                  .addObject()
                  .put("key", value.key())
                  .put("value", value.text())
                  .put("origin", value.origin()));
      return Json.text(array);
    }

    private static String table(List<SettingValue> effective) {
      int keys = width(effective, value -> value.key().length());
      int texts = width(effective, value -> value.text().length());
      String form = "%-" + keys + "s  %-" + texts + "s  %s";
      return String.join(
          System.lineSeparator(),
          effective.stream()
              .map(value -> form.formatted(value.key(), value.text(), value.origin()))
              .toList());
    }

    private static int width(List<SettingValue> effective, ToIntFunction<SettingValue> length) {
      return Math.max(1, effective.stream().mapToInt(length).max().orElse(1));
    }
  }

  /** Reads the settings as every process would. */
  @Command(
      name = "check",
      description = "Read file, environment and options as every process would; list all mistakes.",
      mixinStandardHelpOptions = true)
  static final class Check implements Callable<Integer> {
    @Spec CommandSpec spec;
    @Mixin ApplicationOption application;

    @Override
    public Integer call() {
      if (!check(application.settings(), spec)) {
        return ExitCode.SOFTWARE;
      }
      spec.commandLine().getOut().println("settings are valid");
      return ExitCode.OK;
    }
  }
}
