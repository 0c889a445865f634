package io.sidestream.cli.standalone;

import io.sidestream.schemas.settings.Settings;
import java.util.Map;

/** What people set, read anew for each process. */
@FunctionalInterface
public interface SettingsSource {
  /**
   * All settings.
   *
   * @param derived those that follow from how the system is started; what people set wins over them
   */
  Settings with(Map<String, String> derived);
}
