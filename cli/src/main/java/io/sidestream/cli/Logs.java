package io.sidestream.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import io.sidestream.schemas.settings.LogFormat;
import io.sidestream.schemas.settings.Settings;
import io.sidestream.schemas.settings.SharedSettings;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The log of a process: {@code logback-file.xml}, {@code logback-text.xml} or {@code
 * logback-json.xml}, or the user's own configuration.
 *
 * @param to where it goes, for users
 * @param onStdout whether stdout belongs to the log, and to nothing else
 */
record Logs(String to, boolean onStdout) {
  private static final Logger LOG = LoggerFactory.getLogger(Logs.class);

  /** Names the user's own configuration, which then counts alone. */
  static final String OWN = "logback.configurationFile";

  /**
   * Sends the log where the setting {@code log.format} says.
   *
   * @param directory of log files
   */
  static Logs start(Settings settings, Path directory, String name) {
    return start(format(settings), directory, name);
  }

  /** Whether stdout belongs to the log. */
  static boolean isOnStdout(Settings settings) {
    return format(settings) != LogFormat.FILE;
  }

  private static LogFormat format(Settings settings) {
    return settings
        .values(SharedSettings.SCHEMA)
        .choice(SharedSettings.LOG_FORMAT, LogFormat.class);
  }

  /** Sends the log to a file in this directory, and nothing to the terminal any more. */
  static Path toDirectory(Path directory, String name) {
    return Path.of(start(LogFormat.FILE, directory, name).to);
  }

  private static Logs start(LogFormat format, Path directory, String name) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    Path file = directory.toAbsolutePath().resolve(name + ".log");
    if (System.getProperty(OWN) == null) {
      configure("/logback-" + format.name().toLowerCase(Locale.ROOT) + ".xml", file);
    }
    return new Logs(
        format == LogFormat.FILE ? file.toString() : "stdout", format != LogFormat.FILE);
  }

  private static void configure(String resource, Path file) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    context.putProperty("log.file", file.toString());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    try {
      configurator.doConfigure(Logs.class.getResource(resource));
    } catch (JoranException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where a command prints what users read: nowhere when stdout belongs to the log. */
  PrintWriter printer(PrintWriter out) {
    return onStdout ? new PrintWriter(Writer.nullWriter()) : out;
  }

  /** Prints or logs that a process runs. */
  void tellRunning(String name, PrintWriter out) {
    if (onStdout) {
      LOG.info("{} runs", name);
    } else {
      out.println(name + " runs until Ctrl-C; log: " + to);
    }
  }
}
