package io.sidestream.benchmarks.scale;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Machines that do the same work, each with one queue and some cores. A visit goes to the one of
 * two machines, drawn at random, that is free first (the power of two choices, Mitzenmacher 2001).
 * Visits must come in order of time.
 */
final class Replicas {
  private final double[][] free; // time at which each core is free, by machine
  private double busy;

  Replicas(int machines, int cores) {
    free = new double[machines][cores];
  }

  /** The machine for a visit at a time. */
  int choose(SplittableRandom random) {
    int one = random.nextInt(free.length);
    int other = random.nextInt(free.length);
    return earliest(free[one]) <= earliest(free[other]) ? one : other;
  }

  /** Any machine but one, or that one where there is no other. */
  int another(int machine, SplittableRandom random) {
    return free.length == 1
        ? machine
        : (machine + 1 + random.nextInt(free.length - 1)) % free.length;
  }

  /** When a visit that takes {@code service} is done. Times in milliseconds. */
  double serve(int machine, double arrival, double service) {
    double[] cores = free[machine];
    int core = 0;
    for (int i = 1; i < cores.length; i++) {
      core = cores[i] < cores[core] ? i : core;
    }
    cores[core] = Math.max(arrival, cores[core]) + service;
    busy += service;
    return cores[core];
  }

  /** Share of the cores that was busy until a time. */
  double utilization(double millis) {
    return busy / (millis * free.length * free[0].length);
  }

  private static double earliest(double[] cores) {
    return Arrays.stream(cores).min().orElseThrow();
  }
}
