package io.sidestream.cli.demo;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;

/**
 * Prints the steps of the demo line by line. Progress is a bar on a terminal, else an occasional
 * line. Thread-safe.
 */
public final class ConsoleReporter {
  /** Interval of progress lines without a terminal. */
  static final Duration PLAIN_INTERVAL = Duration.ofSeconds(30);

  private static final int LABEL = 18;
  private static final int BAR = 30;

  private final PrintWriter out;
  private final boolean terminal;
  private final Clock clock;
  private int steps;
  private boolean barShown;
  private long printedAt;
  private String barLabel = "";

  public ConsoleReporter(PrintWriter out, boolean terminal, Clock clock) {
    this.out = out;
    this.terminal = terminal;
    this.clock = clock;
  }

  /** Begins the next step. */
  public synchronized void step(String title, String about) {
    line("");
    line(String.format(Locale.ROOT, "%d. %s", ++steps, title));
    line("   " + about);
  }

  /** Prints a line, indented below its step. */
  public synchronized void print(String text) {
    line("   " + text);
  }

  /** Prints a result after its label. */
  public synchronized void result(String label, String text) {
    line(labelled(label, text));
  }

  /** Prints a result after its label, and the time it took. */
  public synchronized void result(String label, String text, Duration took) {
    line(labelled(label, text) + "  (" + seconds(took) + ")");
  }

  /** Shows the progress of a long task. */
  public synchronized void progress(String label, long done, long total) {
    long now = clock.millis();
    if (!label.equals(barLabel)) {
      barLabel = label;
      printedAt = now;
    }
    String percent = String.format(Locale.ROOT, "%3d %%", total > 0 ? 100 * done / total : 0);
    if (terminal) {
      int filled = total > 0 ? (int) (BAR * done / total) : 0;
      out.print("\r" + labelled(label, "#".repeat(filled) + ".".repeat(BAR - filled) + percent));
      out.flush();
      barShown = true;
    } else if (now - printedAt >= PLAIN_INTERVAL.toMillis()) {
      printedAt = now;
      line(labelled(label, percent.strip()));
    }
  }

  private static String labelled(String label, String text) {
    return String.format(Locale.ROOT, "   %-" + LABEL + "s%s", label, text);
  }

  /** For example {@code 48 ms}, {@code 1.8 s} or {@code 2 min 05 s}. */
  static String seconds(Duration duration) {
    double seconds = duration.toMillis() / 1000.0;
    if (seconds < 1) {
      return duration.toMillis() + " ms";
    }
    return seconds < 60
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : String.format(Locale.ROOT, "%d min %02d s", (int) seconds / 60, (int) seconds % 60);
  }

  private void line(String text) {
    if (barShown) {
      out.print("\r" + " ".repeat(3 + LABEL + BAR + 6) + "\r");
      barShown = false;
    }
    out.println(text);
    out.flush();
  }
}
