package io.sidestream.cli.demo;

import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.UserErrorException;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * Progress of earlier demos in a work directory, from which the next one continues.
 *
 * @param dataset name of the data set that the topics hold
 * @param rounds number of rounds of later events produced
 * @param complete whether the topics hold all of it; not while it is produced
 */
record DemoState(String dataset, int rounds, boolean complete) {
  private static final String FILE = "demo.properties";

  /** All of a data set. */
  DemoState(String dataset, int rounds) {
    this(dataset, rounds, true);
  }

  /** A data set that is being produced. */
  static DemoState begun(String dataset) {
    return new DemoState(dataset, 0, false);
  }

  /** State of a directory; empty before its first demo. */
  static Optional<DemoState> read(Path work) {
    Path file = work.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
      int rounds = Integer.parseInt(properties.getProperty("rounds", "0"));
      boolean complete = Boolean.parseBoolean(properties.getProperty("complete", "true"));
      return Optional.of(new DemoState(properties.getProperty("dataset", ""), rounds, complete));
    } catch (IOException | IllegalArgumentException e) {
      throw new UserErrorException(e, file + " cannot be read: " + ReasonText.of(e));
    }
  }

  /**
   * Checks that a directory holds this data set or none.
   *
   * @throws UserErrorException when it holds another one
   */
  static void check(Path work, DemoDataset dataset) {
    Optional<DemoState> state = read(work);
    if (state.isPresent() && !state.get().dataset().equals(dataset.name())) {
      throw new UserErrorException(
          "work directory %s holds the %s, expected the %s: name another directory with --work",
          work, state.get().dataset(), dataset.name());
    }
  }

  /**
   * Checks that a directory whose topics are in it does not hold a part of a data set: produced
   * once more, events would count twice.
   *
   * @throws UserErrorException when producing was interrupted
   */
  static void checkComplete(Path work) {
    read(work)
        .filter(state -> !state.complete())
        .ifPresent(
            state -> {
              throw new UserErrorException(
                  "work directory %s holds a part of the %s, as producing it was interrupted:"
                      + " delete the directory, or name another one with --work",
                  work, state.dataset());
            });
  }

  /**
   * Holds the notes of a directory to the topic of items of another process: topics that were
   * emptied since hold nothing of an earlier demo, whose notes are deleted.
   *
   * @param items how many records the topic has had
   * @throws UserErrorException when it holds items that no demo of this directory has produced, or
   *     a part of them
   */
  static void reconcile(Path work, String topic, long items) {
    if (items == 0) {
      forget(work);
      return;
    }
    DemoState state =
        read(work)
            .orElseThrow(
                () ->
                    new UserErrorException(
                        "topic %s holds items that no demo of directory %s has produced: the demo"
                            + " needs topics of its own",
                        topic, work));
    if (!state.complete()) {
      throw new UserErrorException(
          "topic %s and those of events hold a part of the %s, as producing it was interrupted:"
              + " empty the topics, or give the demo others",
          topic, state.dataset());
    }
  }

  private static void forget(Path work) {
    try {
      Files.deleteIfExists(work.resolve(FILE));
    } catch (IOException e) {
      throw new UserErrorException(
          e, work.resolve(FILE) + " cannot be deleted: " + ReasonText.of(e));
    }
  }

  DemoState nextRound() {
    return new DemoState(dataset, rounds + 1, complete);
  }

  void write(Path work) {
    Properties properties = new Properties();
    properties.setProperty("dataset", dataset);
    properties.setProperty("rounds", Integer.toString(rounds));
    properties.setProperty("complete", Boolean.toString(complete));
    try (Writer writer = Files.newBufferedWriter(work.resolve(FILE))) {
      properties.store(writer, "what the demo has produced here");
    } catch (IOException e) {
      throw new UserErrorException(
          e, work.resolve(FILE) + " cannot be written: " + ReasonText.of(e));
    }
  }
}
