package io.sidestream.learning.tensor;

/** The weights of one model by name, for reading. */
public interface NamedWeights {
  /** The lengths of a weight's axes. */
  long[] shape(String name);

  /** A weight in row-major order. */
  float[] floats(String name);
}
