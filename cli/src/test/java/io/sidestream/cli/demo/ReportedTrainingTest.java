package io.sidestream.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ReportedTrainingTest {
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  private final StringWriter text = new StringWriter();
  private final ReportedTraining training =
      new ReportedTraining(
          new ConsoleReporter(new PrintWriter(text), false, CLOCK), new DemoReport(), CLOCK);

  @Test
  void finished_stage_printsInputAndOutput() {
    training.stage("heads", "5,000 pairs");
    training.step(1, 2);
    training.finished("heads", "loss 4.2");

    assertEquals("heads             5,000 pairs → loss 4.2  (0 ms)", text.toString().strip());
  }

  @Test
  void finished_noDetail_printsInput() {
    training.stage("test", "500 searches");
    training.finished("test", "");

    assertEquals("test              500 searches  (0 ms)", text.toString().strip());
  }
}
