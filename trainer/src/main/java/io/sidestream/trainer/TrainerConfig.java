package io.sidestream.trainer;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.learning.settings.TrainingSettingsReader;
import io.sidestream.schemas.settings.Settings;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that the trainer process can be told.
 *
 * @param kafka client settings, {@code bootstrap.servers} at least
 * @param catalogue whose requests it takes
 * @param generations where bundles lie, seen by every process at the same place
 * @param work what is kept between trainings, for speed alone
 * @param retained how many bundles of rejected and retired generations stay on disk
 */
public record TrainerConfig(
    Map<String, Object> kafka,
    String catalogue,
    Path generations,
    Path work,
    int retained,
    TrainingSettings training) {
  /** What this process' own keys begin with. */
  public static final String PREFIX = "trainer.";

  /** Bundles of rejected and retired generations that stay when nothing is set. */
  public static final int RETAINED = 3;

  static final int MAX_RETAINED = 1_000;

  public TrainerConfig {
    kafka = Collections.unmodifiableMap(new TreeMap<>(kafka));
    check(!catalogue.isBlank(), "catalogue is blank");
  }

  /**
   * The configuration that the settings give.
   *
   * @throws io.sidestream.schemas.settings.SettingsException with every mistake
   */
  public static TrainerConfig from(Settings settings) {
    String catalogue = settings.string("catalogue", "default");
    Path generations = settings.path("generations.dir", Path.of("work/generations"));
    Path work = settings.path("trainer.dir", Path.of("work/trainer"));
    int retained = settings.integer("trainer.retained", RETAINED, 0, MAX_RETAINED);
    TrainingSettings training = TrainingSettingsReader.read(settings);
    settings.check(PREFIX);
    return new TrainerConfig(
        settings.kafka(),
        catalogue,
        generations.toAbsolutePath().normalize(),
        work.toAbsolutePath().normalize(),
        retained,
        training);
  }
}
