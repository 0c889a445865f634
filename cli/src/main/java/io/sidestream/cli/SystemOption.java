package io.sidestream.cli;

import io.sidestream.cli.demo.ConsoleReporter;
import io.sidestream.cli.demo.DemoReport;
import io.sidestream.cli.demo.ReportedTraining;
import io.sidestream.cli.standalone.StandaloneSystem;
import io.sidestream.cli.standalone.WorkDirectory;
import io.sidestream.learning.settings.Profile;
import io.sidestream.schemas.settings.Settings;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of the standalone system. */
final class SystemOption {
  private static final int MAX_PORT = 65_535;

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  @Mixin WorkOption work;
  @Mixin SettingsOption settings;

  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "9092",
      description =
          "Port of the embedded broker on 127.0.0.1; 0 takes a free one (default:"
              + " ${DEFAULT-VALUE}).")
  void setPort(int wanted) {
    boolean valid = wanted >= 0 && wanted <= MAX_PORT;
    Usage.check(spec, valid, "port is %d, expected 0 to %d", wanted, MAX_PORT);
    port = wanted;
  }

  int port;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description =
          "Training profile: ${COMPLETION-CANDIDATES} (default: setting trainer.profile, else"
              + " QUICK).")
  Profile profile;

  /**
   * Starts the system, printing each part.
   *
   * @param own settings of the command, over those that the system derives
   */
  StandaloneSystem start(
      WorkDirectory directory,
      Map<String, String> own,
      ConsoleReporter reporter,
      DemoReport report) {
    return StandaloneSystem.start(
        directory,
        port,
        derived -> settings(derived, own),
        new ReportedTraining(reporter, report, Clock.systemUTC()),
        (part, detail, took) -> {
          reporter.result(part, detail, took);
          report.seconds("start." + part, took);
        });
  }

  /** Settings of every place, without those that the system derives. */
  Settings settings() {
    return settings.settings(Map.of());
  }

  private Settings settings(Map<String, String> derived, Map<String, String> own) {
    Map<String, String> all = new LinkedHashMap<>(derived);
    all.putAll(own);
    if (profile != null) {
      all.put("trainer.profile", profile.name().toLowerCase(Locale.ROOT));
    }
    return settings.settings(all);
  }
}
