package io.sidestream.trainer;

import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Retention of bundles on disk: those of active generations, and the newest of the others. */
record Retention(Path generations, int retained) {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final Pattern BUNDLE = Pattern.compile("generation-(\\d{6,18})");

  /** Deletes the bundles of inactive generations beyond the newest. */
  void apply(GenerationHistory history) throws IOException {
    List<Generation> inactive =
        onDisk().stream().filter(generation -> !active(history, generation)).toList();
    for (Generation generation : inactive.subList(0, Math.max(0, inactive.size() - retained))) {
      Path bundle = generations.resolve(generation.directoryName());
      delete(bundle);
      LOG.info("generation {}: bundle {} is deleted", generation, bundle);
    }
  }

  /** The next generation number: neither announced nor on disk. */
  Generation next(GenerationHistory history) throws IOException {
    Generation announced = history.nextNumber();
    List<Generation> onDisk = onDisk();
    if (onDisk.isEmpty()) {
      return announced;
    }
    Generation unused = onDisk.get(onDisk.size() - 1).next();
    return unused.compareTo(announced) > 0 ? unused : announced;
  }

  private static boolean active(GenerationHistory history, Generation generation) {
    return history.find(generation).map(GenerationAnnouncement::state).stream()
        .anyMatch(state -> state.active());
  }

  /** Generations that have a bundle here, ascending. */
  private List<Generation> onDisk() throws IOException {
    if (!Files.isDirectory(generations)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(generations)) {
      return entries.flatMap(path -> generation(path).stream()).sorted().toList();
    }
  }

  private static Optional<Generation> generation(Path path) {
    Matcher matcher = BUNDLE.matcher(path.getFileName().toString());
    return matcher.matches()
        ? Optional.of(new Generation(Long.parseLong(matcher.group(1))))
        : Optional.empty();
  }

  private static void delete(Path directory) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(directory)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
