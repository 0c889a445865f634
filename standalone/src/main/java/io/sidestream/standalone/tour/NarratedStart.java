package io.sidestream.standalone.tour;

import io.sidestream.standalone.Starting;
import java.time.Duration;

/** Tells the start of the system part by part. */
public record NarratedStart(Narrator narrator, TourReport report) implements Starting {
  @Override
  public void started(String part, String detail, Duration took) {
    narrator.result(part, detail, took);
    report.seconds("start." + part, took);
  }
}
