package io.sidestream.ingest;

import io.sidestream.schemas.UserErrorException;
import io.sidestream.schemas.settings.Settings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Arguments of the job jar.
 *
 * @param jobs which jobs are submitted, in the order of their declaration
 * @param config a YAML file with settings
 * @param set settings of the command line
 */
record JobArguments(List<IngestJob> jobs, Optional<Path> config, Map<String, String> set) {
  static final String USAGE =
      "expected [--job pairs|trigger|coding|all] [--config FILE] [--set KEY=VALUE]";

  private static final String ALL = "all";

  JobArguments {
    jobs = jobs.stream().distinct().sorted().toList();
    set = Map.copyOf(set);
  }

  /**
   * Reads the arguments.
   *
   * @throws UserErrorException when one is unknown or incomplete
   */
  static JobArguments parse(String... arguments) {
    Set<IngestJob> jobs = EnumSet.noneOf(IngestJob.class);
    Optional<Path> config = Optional.empty();
    Map<String, String> set = new HashMap<>();
    Iterator<String> rest = List.of(arguments).iterator();
    while (rest.hasNext()) {
      String name = rest.next();
      switch (name) {
        case "--job" -> jobs.addAll(jobs(value(name, rest)));
        case "--config" -> config = Optional.of(Path.of(value(name, rest)));
        case "--set" -> put(set, value(name, rest));
        default -> throw new UserErrorException("unknown argument %s; %s", name, USAGE);
      }
    }
    return new JobArguments(List.copyOf(jobs.isEmpty() ? jobs(ALL) : jobs), config, set);
  }

  private static String value(String name, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new UserErrorException("%s has no value; %s", name, USAGE);
    }
    return rest.next();
  }

  private static Set<IngestJob> jobs(String name) {
    if (name.equals(ALL)) {
      return EnumSet.allOf(IngestJob.class);
    }
    return Arrays.stream(IngestJob.values())
        .filter(job -> job.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .map(EnumSet::of)
        .orElseThrow(() -> new UserErrorException("unknown job %s; %s", name, USAGE));
  }

  private static void put(Map<String, String> set, String setting) {
    int equals = setting.indexOf('=');
    if (equals <= 0) {
      throw new UserErrorException("--set %s has no value; %s", setting, USAGE);
    }
    set.put(setting.substring(0, equals), setting.substring(equals + 1));
  }

  /** The settings of every place: these before {@code -D} before environment before file. */
  Settings settings(Map<String, String> environment, Map<?, ?> systemProperties) {
    return Settings.load(config, environment, systemProperties, set);
  }
}
