package io.sidestream.cli.demo;

import io.sidestream.learning.progress.TrainingProgress;
import java.time.Clock;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the stages of a training with their times. */
public final class LoggedTraining implements TrainingProgress {
  private static final Logger LOG = LoggerFactory.getLogger(LoggedTraining.class);

  private final Clock clock;
  private volatile String input = "";
  private volatile long startMillis;

  public LoggedTraining(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void stage(String name, String detail) {
    input = detail;
    startMillis = clock.millis();
  }

  @Override
  public void step(long done, long total) {}

  @Override
  public void finished(String name, String detail) {
    double seconds = (clock.millis() - startMillis) / 1e3;
    LOG.info(
        "training: {}: {} → {} ({} s)",
        name,
        input,
        detail,
        String.format(Locale.ROOT, "%.1f", seconds));
  }
}
