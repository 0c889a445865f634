package io.sidestream.cli.demo;

import io.sidestream.schemas.UserErrorException;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * What earlier tours did in a work directory, so that the next goes on from there.
 *
 * @param world the world that the topics hold
 * @param rounds how often later events were produced
 */
record DemoState(String world, int rounds) {
  private static final String FILE = "tour.properties";

  /** What the directory remembers; empty before its first tour. */
  static Optional<DemoState> read(Path work) {
    Path file = work.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
      int rounds = Integer.parseInt(properties.getProperty("rounds", "0"));
      return Optional.of(new DemoState(properties.getProperty("world", ""), rounds));
    } catch (IOException | IllegalArgumentException e) {
      throw new UserErrorException(e, file + " cannot be read: " + e.getMessage());
    }
  }

  /**
   * Checks that a directory is fit for a world.
   *
   * @throws UserErrorException when it holds another one
   */
  static void check(Path work, DemoDataset world) {
    Optional<DemoState> state = read(work);
    if (state.isPresent() && !state.get().world().equals(world.name())) {
      throw new UserErrorException(
          "work directory %s holds the %s, expected the %s: name another directory with --work",
          work, state.get().world(), world.name());
    }
  }

  DemoState nextRound() {
    return new DemoState(world, rounds + 1);
  }

  void write(Path work) {
    Properties properties = new Properties();
    properties.setProperty("world", world);
    properties.setProperty("rounds", Integer.toString(rounds));
    try (Writer writer = Files.newBufferedWriter(work.resolve(FILE))) {
      properties.store(writer, "what the tour has produced here");
    } catch (IOException e) {
      throw new UserErrorException(e, work.resolve(FILE) + " cannot be written: " + e.getMessage());
    }
  }
}
