package io.sidestream.cli;

import io.sidestream.learning.settings.Profile;
import io.sidestream.schemas.settings.Settings;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How to run the whole system on this machine. */
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
    if (wanted < 0 || wanted > MAX_PORT) {
      String message = "port is " + wanted + ", expected 0 to " + MAX_PORT;
      throw new ParameterException(spec.commandLine(), message);
    }
    port = wanted;
  }

  int port;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description =
          "How long to train: ${COMPLETION-CANDIDATES} (default: setting trainer.profile, else"
              + " QUICK).")
  Profile profile;

  /** Settings of these options over those that follow from how the system is started. */
  Settings settings(Map<String, String> derived, Map<String, String> own) {
    Map<String, String> all = new LinkedHashMap<>(derived);
    all.putAll(own);
    if (profile != null) {
      all.put("trainer.profile", profile.name().toLowerCase(Locale.ROOT));
    }
    return settings.settings(all);
  }
}
