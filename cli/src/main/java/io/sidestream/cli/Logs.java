package io.sidestream.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Log files of processes, as {@code logback-file.xml} configures them. */
final class Logs {
  private Logs() {}

  /** Sends the log to a file in this directory, and nothing to the terminal any more. */
  static Path toDirectory(Path logs, String name) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    Path file = logs.toAbsolutePath().resolve(name + ".log");
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    context.putProperty("log.file", file.toString());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    try {
      configurator.doConfigure(Logs.class.getResource("/logback-file.xml"));
    } catch (JoranException e) {
      throw new IllegalStateException(e);
    }
    return file;
  }
}
