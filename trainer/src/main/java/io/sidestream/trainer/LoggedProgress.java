package io.sidestream.trainer;

import io.sidestream.learning.progress.TrainingProgress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of a training in the log, stage by stage. */
final class LoggedProgress implements TrainingProgress {
  private static final Logger LOG = LoggerFactory.getLogger(LoggedProgress.class);

  @Override
  public void stage(String name, String detail) {
    LOG.info("{} begins: {}", name, detail);
  }

  @Override
  public void step(long done, long total) {
    LOG.debug("{} of {}", done, total);
  }

  @Override
  public void finished(String name, String detail) {
    LOG.info("{} is done: {}", name, detail);
  }
}
