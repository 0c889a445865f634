package io.sidestream.index;

import io.sidestream.schemas.settings.Settings;
import io.sidestream.schemas.settings.SettingsException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the index until it is told to stop, or a part fails for good. */
public final class IndexMain {
  private static final Logger LOG = LoggerFactory.getLogger(IndexMain.class);
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  private IndexMain() {}

  /**
   * Starts the process.
   *
   * @param arguments at most one: the YAML file of settings
   */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  private static int run(String[] arguments) {
    try {
      Optional<Path> file =
          arguments.length > 0 ? Optional.of(Path.of(arguments[0])) : Optional.empty();
      Settings settings = Settings.load(file, System.getenv(), System.getProperties(), Map.of());
      run(IndexConfig.from(settings));
      return 0;
    } catch (SettingsException e) {
      System.err.println(e.getMessage());
      return WRONG_USAGE;
    } catch (Exception e) {
      LOG.error("index stops", e);
      return FAILED;
    }
  }

  private static void run(IndexConfig config) throws Exception {
    try (IndexApplication application = IndexApplication.start(config)) {
      Runtime.getRuntime().addShutdownHook(new Thread(application::close, "index-shutdown"));
      application.awaitStopped();
    }
  }
}
