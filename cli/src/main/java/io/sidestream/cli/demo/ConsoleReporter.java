package io.sidestream.cli.demo;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;

/**
 * Prints the tour line by line; long work shows as a bar on a terminal, as a line now and then
 * elsewhere. Any thread.
 */
public final class ConsoleReporter {
  /** How often long work says where it is when there is no terminal. */
  static final Duration PLAIN_INTERVAL = Duration.ofSeconds(30);

  private static final int LABEL = 18;
  private static final int BAR = 30;

  private final PrintWriter out;
  private final boolean terminal;
  private final Clock clock;
  private int chapters;
  private boolean barShown;
  private long saidAt;
  private String barLabel = "";

  public ConsoleReporter(PrintWriter out, boolean terminal, Clock clock) {
    this.out = out;
    this.terminal = terminal;
    this.clock = clock;
  }

  /** Begins the next chapter. */
  public synchronized void chapter(String title, String about) {
    line("");
    line(String.format(Locale.ROOT, "%d. %s", ++chapters, title));
    line("   " + about);
  }

  /** Says something, indented below its chapter. */
  public synchronized void say(String text) {
    line("   " + text);
  }

  /** Says what came out of something, at its name. */
  public synchronized void result(String label, String text) {
    line(labelled(label, text));
  }

  /** Says what came out of something, and how long it took. */
  public synchronized void result(String label, String text, Duration took) {
    line(labelled(label, text) + "  (" + seconds(took) + ")");
  }

  /** Shows that so many of so many steps are done. */
  public synchronized void progress(String label, long done, long total) {
    long now = clock.millis();
    if (!label.equals(barLabel)) {
      barLabel = label;
      saidAt = now;
    }
    String percent = String.format(Locale.ROOT, "%3d %%", total > 0 ? 100 * done / total : 0);
    if (terminal) {
      int filled = total > 0 ? (int) (BAR * done / total) : 0;
      out.print("\r" + labelled(label, "#".repeat(filled) + ".".repeat(BAR - filled) + percent));
      out.flush();
      barShown = true;
    } else if (now - saidAt >= PLAIN_INTERVAL.toMillis()) {
      saidAt = now;
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
