package io.sidestream.benchmarks.training;

import io.sidestream.learning.progress.TrainingProgress;

/** Takes the time of a training's steps after those that warm up. */
final class StepClock implements TrainingProgress {
  private final long warmup;
  private long begun;
  private long ended;

  StepClock(long warmup) {
    this.warmup = warmup;
  }

  @Override
  public void stage(String name, String detail) {}

  @Override
  public void step(long done, long total) {
    if (done == warmup) {
      begun = System.nanoTime();
    }
    ended = System.nanoTime();
  }

  @Override
  public void finished(String name, String detail) {}

  double seconds() {
    return (ended - begun) / 1e9;
  }
}
