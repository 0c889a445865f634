package io.sidestream.experiments.store;

import java.io.IOException;

/** Makes what a store does not hold yet. */
@FunctionalInterface
public interface Computation<T> {
  T run() throws IOException;
}
