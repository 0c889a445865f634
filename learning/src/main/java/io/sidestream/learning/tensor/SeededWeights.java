package io.sidestream.learning.tensor;

import static io.sidestream.schemas.Checks.check;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Weights in Java arrays, without the training library, so that large ones are drawn on all cores.
 * They are drawn when {@link #draw} is called. Not for several threads.
 */
public final class SeededWeights implements InitialWeights, NamedWeights {
  private final Map<String, long[]> shapes = new LinkedHashMap<>();
  private final Map<String, Supplier<float[]>> sources = new LinkedHashMap<>();
  private Map<String, float[]> drawn = Map.of();

  @Override
  public void normal(String name, double deviation, SplittableRandom random, long... shape) {
    SplittableRandom own = random.split();
    int count = count(shape);
    put(name, () -> Gaussian.samples(own, count, deviation), shape);
  }

  @Override
  public void constant(String name, double value, long... shape) {
    float[] data = new float[count(shape)];
    Arrays.fill(data, (float) value);
    put(name, () -> data, shape);
  }

  @Override
  public void add(String name, float[] data, long... shape) {
    float[] copy = data.clone();
    put(name, () -> copy, shape);
  }

  private static int count(long... shape) {
    return Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
  }

  private void put(String name, Supplier<float[]> source, long... shape) {
    check(!shapes.containsKey(name), "weight %s was added before", name);
    shapes.put(name, shape.clone());
    sources.put(name, source);
  }

  /** Draws all weights that were added. */
  public void draw() {
    drawn =
        sources.entrySet().parallelStream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().get()));
    sources.clear();
  }

  /** In the order they were added. */
  public Set<String> names() {
    return Collections.unmodifiableSet(shapes.keySet());
  }

  @Override
  public long[] shape(String name) {
    return of(shapes, name).clone();
  }

  /** The weight itself, row-major. */
  @Override
  public float[] floats(String name) {
    return of(drawn, name);
  }

  private static <T> T of(Map<String, T> weights, String name) {
    T found = weights.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no weight is named " + name);
    }
    return found;
  }
}
