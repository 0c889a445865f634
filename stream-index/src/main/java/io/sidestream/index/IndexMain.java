package io.sidestream.index;

import io.sidestream.schemas.settings.Settings;
import io.sidestream.schemas.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Runs the index as a process of its own. */
public final class IndexMain {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  private IndexMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(arguments));
  }

  /** One argument, the settings file, or none. */
  private static Settings settings(String[] arguments) {
    Optional<Path> file =
        arguments.length == 0 ? Optional.empty() : Optional.of(Path.of(arguments[0]));
    return Settings.load(file, System.getenv(), System.getProperties(), Map.of());
  }

  private static int run(String[] arguments) throws InterruptedException {
    try {
      IndexConfig config = IndexConfig.from(settings(arguments));
      try (IndexApplication application = IndexApplication.start(config)) {
        Runtime.getRuntime().addShutdownHook(new Thread(application::close, "stop"));
        Optional<String> failure = application.awaitStopped();
        failure.ifPresent(System.err::println);
        return failure.isPresent() ? FAILED : 0;
      }
    } catch (SettingsException e) {
      System.err.println(e.getMessage());
      return WRONG_USAGE;
    } catch (IOException | RuntimeException e) {
      System.err.println(e.getMessage());
      return FAILED;
    }
  }
}
