package io.sidestream.index.simulation;

import io.sidestream.chaos.history.RunHistory;
import io.sidestream.index.store.AssignmentStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The topology and the store that histories of seeds are carried out on, one after another. */
final class SimulatedIndex implements AutoCloseable {
  private final SimulatedClock clock = new SimulatedClock();
  private final SimulatedStreams streams;
  private final AssignmentStore store;
  private final Path begun;
  private long lastNumber;

  /**
   * What came of a seed.
   *
   * @param endings how often a request ended the process
   * @param refusedEarly requests that were refused before they became prompts
   */
  record Outcome(RunHistory history, int endings, long refusedEarly, List<String> mistakes) {}

  SimulatedIndex(Path directory) throws IOException {
    streams = new SimulatedStreams(directory.resolve("streams"), clock, clock::nanoTime);
    store = AssignmentStore.open(directory.resolve("store"));
    begun = directory.resolve("begun");
  }

  /**
   * Carries out the history of a seed.
   *
   * @param losesOffsets whether each kill commits a prompt that was not answered
   */
  Outcome run(long seed, boolean losesOffsets) throws Exception {
    long refused = streams.refused();
    IndexSimulation simulation =
        new IndexSimulation(seed, clock, streams, store, lastNumber, begun, losesOffsets);
    RunHistory history = simulation.run();
    lastNumber = simulation.lastNumber();
    return new Outcome(
        history, simulation.endings(), streams.refused() - refused, simulation.mistakes());
  }

  @Override
  public void close() {
    streams.close();
    store.close();
  }
}
