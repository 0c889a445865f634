package io.sidestream.standalone.tour;

import io.sidestream.trainer.TrainingProgress;
import java.time.Clock;
import java.time.Duration;

/** Tells a training's stages as they happen. */
public final class NarratedTraining implements TrainingProgress {
  private final Narrator narrator;
  private final TourReport report;
  private final Clock clock;
  private volatile String stage = "";
  private volatile long startMillis;

  public NarratedTraining(Narrator narrator, TourReport report, Clock clock) {
    this.narrator = narrator;
    this.report = report;
    this.clock = clock;
  }

  @Override
  public void stage(String name, String detail) {
    stage = name;
    startMillis = clock.millis();
    narrator.begin(name, detail);
  }

  @Override
  public void step(long done, long total) {
    narrator.progress(stage, done, total);
  }

  @Override
  public void finished(String name, String detail) {
    Duration took = Duration.ofMillis(clock.millis() - startMillis);
    narrator.result(name, detail, took);
    report.seconds("train." + name, took);
  }
}
