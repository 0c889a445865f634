package io.sidestream.trainer;

import io.sidestream.learning.progress.TrainingProgress;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Progress that measures each step of a training. One thread. */
final class MeteredProgress implements TrainingProgress {
  private final TrainingProgress watcher;
  private final TrainerMeters meters;
  private final LongSupplier nanoTime;
  private String step = "";
  private long startNanos;

  MeteredProgress(TrainingProgress watcher, TrainerMeters meters, LongSupplier nanoTime) {
    this.watcher = watcher;
    this.meters = meters;
    this.nanoTime = nanoTime;
  }

  @Override
  public void stage(String name, String detail) {
    step = name;
    startNanos = nanoTime.getAsLong();
    meters.progressed(name, 0);
    watcher.stage(name, detail);
  }

  @Override
  public void step(long done, long total) {
    meters.progressed(step, total > 0 ? (double) done / total : 0);
    watcher.step(done, total);
  }

  @Override
  public void finished(String name, String detail) {
    meters.finished(name, Duration.ofNanos(nanoTime.getAsLong() - startNanos));
    watcher.finished(name, detail);
  }
}
