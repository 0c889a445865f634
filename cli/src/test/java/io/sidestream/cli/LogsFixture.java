package io.sidestream.cli;

import io.sidestream.cli.standalone.WorkPaths;
import io.sidestream.schemas.settings.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** A process that logs a little, as applications do. */
public final class LogsFixture {
  private LogsFixture() {}

  public static void main(String[] arguments) {
    Settings settings = Settings.load(Optional.empty(), Map.of(), System.getProperties(), Map.of());
    Logs log = Logs.start(settings, new WorkPaths(Path.of(arguments[0])).logs(), "index");
    PrintWriter out = new PrintWriter(System.out, true);
    log.tellRunning("index", out);
    LoggerFactory.getLogger(LogsFixture.class).error("it broke", new IllegalStateException("why"));
    java.util.logging.Logger.getLogger("jul").warning("from java.util.logging");
    log.printer(out).println("stopping …");
  }
}
