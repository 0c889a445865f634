package io.sidestream.cli.demo;

import io.sidestream.cli.standalone.Starting;
import java.time.Duration;

/** Tells the start of the system part by part. */
public record ReportedStart(ConsoleReporter narrator, DemoReport report) implements Starting {
  @Override
  public void started(String part, String detail, Duration took) {
    narrator.result(part, detail, took);
    report.seconds("start." + part, took);
  }
}
