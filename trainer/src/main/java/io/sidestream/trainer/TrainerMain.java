package io.sidestream.trainer;

import io.sidestream.schemas.settings.Settings;
import io.sidestream.schemas.settings.SettingsException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the trainer process until it is told to stop. */
public final class TrainerMain {
  private static final Logger LOG = LoggerFactory.getLogger(TrainerMain.class);
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  private TrainerMain() {}

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
      run(TrainerConfig.from(settings));
      return 0;
    } catch (SettingsException e) {
      System.err.println(e.getMessage());
      return WRONG_USAGE;
    } catch (InterruptedException | RuntimeException e) {
      LOG.error("the trainer stops", e);
      return FAILED;
    }
  }

  private static void run(TrainerConfig config) throws InterruptedException {
    try (TrainerApplication application = TrainerApplication.start(config, new LoggedProgress())) {
      Runtime.getRuntime().addShutdownHook(new Thread(application::close, "trainer-shutdown"));
      application.awaitStopped();
    }
  }
}
