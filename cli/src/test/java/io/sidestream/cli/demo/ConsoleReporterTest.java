package io.sidestream.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ConsoleReporterTest {
  private static final class SteppingClock extends Clock {
    private Instant now = Instant.EPOCH;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private final StringWriter text = new StringWriter();
  private final SteppingClock clock = new SteppingClock();

  @Test
  void step_each_isNumbered() {
    ConsoleReporter reporter = reporter(false);
    reporter.step("Begin", "It begins.");
    reporter.step("End", "It ends.");

    assertEquals("\n1. Begin\n   It begins.\n\n2. End\n   It ends.\n", written());
  }

  @Test
  void result_withTime_printsBoth() {
    reporter(false).result("produced", "3 items", Duration.ofMillis(1_250));

    assertEquals("   produced          3 items  (1.3 s)\n", written());
  }

  @Test
  void progress_noTerminal_isALineOncePerInterval() {
    ConsoleReporter reporter = reporter(false);
    reporter.progress("training", 1, 4);
    clock.now = clock.now.plus(ConsoleReporter.PLAIN_INTERVAL);
    reporter.progress("training", 2, 4);
    reporter.progress("training", 3, 4);

    assertEquals("   training          50 %\n", written());
  }

  @Test
  void progress_terminal_isABarThatTheNextLineReplaces() {
    ConsoleReporter reporter = reporter(true);
    reporter.progress("training", 1, 2);
    reporter.print("done");

    String bar = "\r   training          " + "#".repeat(15) + ".".repeat(15) + " 50 %";
    assertEquals(bar + "\r" + " ".repeat(bar.length()) + "\r   done\n", written());
  }

  @Test
  void seconds_longTime_isInMinutes() {
    assertEquals("2 min 05 s", ConsoleReporter.seconds(Duration.ofSeconds(125)));
  }

  private ConsoleReporter reporter(boolean terminal) {
    return new ConsoleReporter(new PrintWriter(text), terminal, clock);
  }

  private String written() {
    return text.toString().replace(System.lineSeparator(), "\n");
  }
}
