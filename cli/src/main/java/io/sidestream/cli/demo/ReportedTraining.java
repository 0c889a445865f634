package io.sidestream.cli.demo;

import static java.util.stream.Collectors.joining;

import io.sidestream.learning.progress.TrainingProgress;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Stream;

/** Prints the stages of a training and reports their times. */
public final class ReportedTraining implements TrainingProgress {
  private final ConsoleReporter reporter;
  private final DemoReport report;
  private final Clock clock;
  private volatile String stage = "";
  private volatile String input = "";
  private volatile long startMillis;

  public ReportedTraining(ConsoleReporter reporter, DemoReport report, Clock clock) {
    this.reporter = reporter;
    this.report = report;
    this.clock = clock;
  }

  @Override
  public void stage(String name, String detail) {
    stage = name;
    input = detail;
    startMillis = clock.millis();
    reporter.progress(name, 0, 1);
  }

  @Override
  public void step(long done, long total) {
    reporter.progress(stage, done, total);
  }

  @Override
  public void finished(String name, String detail) {
    Duration took = Duration.ofMillis(clock.millis() - startMillis);
    String text = Stream.of(input, detail).filter(t -> !t.isBlank()).collect(joining(" → "));
    reporter.result(name, text, took);
    report.seconds("train." + name, took);
  }
}
