package io.sidestream.model.generator;

import java.util.function.Function;

/** A generator of the IDs of a catalogue, of either kind. Thread-safe. */
public sealed interface Generator extends AutoCloseable permits CodeGenerator, SequenceGenerator {
  /** Its sizes. */
  GeneratorShape shape();

  /** The value of whichever kind this is. */
  <T> T fold(Function<CodeGenerator, T> encoderDecoder, Function<SequenceGenerator, T> sequence);

  @Override
  void close();
}
