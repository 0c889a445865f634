package io.sidestream.ingest;

import io.sidestream.schemas.settings.Settings;
import io.sidestream.schemas.settings.SettingsException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the ingest process until it is told to stop, or a job fails for good. */
public final class IngestMain {
  private static final Logger LOG = LoggerFactory.getLogger(IngestMain.class);
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  private IngestMain() {}

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
      run(IngestConfig.from(settings));
      return 0;
    } catch (SettingsException e) {
      System.err.println(e.getMessage());
      return WRONG_USAGE;
    } catch (Exception e) {
      LOG.error("ingest stops", e);
      return FAILED;
    }
  }

  private static void run(IngestConfig config) throws Exception {
    try (IngestApplication application = IngestApplication.start(config)) {
      Runtime.getRuntime().addShutdownHook(new Thread(application::close, "ingest-shutdown"));
      application.awaitStopped();
    }
  }
}
