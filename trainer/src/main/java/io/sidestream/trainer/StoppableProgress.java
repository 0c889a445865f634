package io.sidestream.trainer;

import io.sidestream.learning.progress.TrainingProgress;
import java.util.function.BooleanSupplier;

/** Progress that aborts a training at its next step when the trainer stops. */
record StoppableProgress(TrainingProgress watcher, BooleanSupplier stopping)
    implements TrainingProgress {
  @Override
  public void stage(String name, String detail) {
    checkStop();
    watcher.stage(name, detail);
  }

  @Override
  public void step(long done, long total) {
    checkStop();
    watcher.step(done, total);
  }

  @Override
  public void finished(String name, String detail) {
    watcher.finished(name, detail);
  }

  private void checkStop() {
    if (stopping.getAsBoolean()) {
      throw new TrainingStoppedException();
    }
  }
}
