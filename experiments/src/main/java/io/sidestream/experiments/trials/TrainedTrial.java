package io.sidestream.experiments.trials;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A generator that has learned the IDs of a trial. Whoever takes it closes it. */
interface TrainedTrial extends AutoCloseable {
  /** The way that trials read IDs out of it. */
  CaseDecoder usual();

  /** Every way, by the names of {@link Decodings}. */
  Map<String, CaseDecoder> decoders();

  /**
   * One for each of equal parts of the training; cross-entropy in nats, summed over what an answer
   * has of tokens.
   */
  List<Double> losses();

  @Override
  void close() throws IOException;
}
