package io.sidestream.cli;

import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.UserErrorException;
import io.sidestream.schemas.settings.SettingsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Maps a failure to one sentence on stderr and an exit code. */
final class ExitCodeMapper {
  private static final Logger log = LoggerFactory.getLogger(ExitCodeMapper.class);

  private ExitCodeMapper() {}

  /** Reports wrong arguments, and the command that prints the usage. */
  static int wrongUsage(ParameterException failure, String[] arguments) {
    PrintWriter err = failure.getCommandLine().getErr();
    String command = failure.getCommandLine().getCommandSpec().qualifiedName();
    err.println("sidestream: " + failure.getMessage());
    UnmatchedArgumentException.printSuggestions(failure, err);
    err.println("see: " + command + " --help");
    return ExitCode.USAGE;
  }

  /**
   * Reports a failure; an unexpected one also writes its stack trace to a file. Wrong settings of a
   * process are wrong usage.
   */
  static int failed(Exception failure, CommandLine command, ParseResult parsed) {
    command.getErr().println("sidestream: " + sentence(failure));
    boolean wrongSettings = failure instanceof SettingsException;
    return wrongSettings && command.getCommand() instanceof ProcessCommand
        ? ExitCode.USAGE
        : ExitCode.SOFTWARE;
  }

  private static String sentence(Exception failure) {
    boolean expected = isExpected(failure);
    log.info("command failed", failure);
    if (expected) {
      return ReasonText.of(failure);
    }
    return failure + "; its stack trace is in " + written(failure);
  }

  /** Failures whose message is written for users. */
  private static boolean isExpected(Exception failure) {
    return failure instanceof UserErrorException || failure instanceof SettingsException;
  }

  private static String written(Exception failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    try {
      Path file = Files.createTempFile("sidestream-failure-", ".log");
      Files.writeString(file, trace.toString());
      return file.toString();
    } catch (IOException e) {
      return "no file, because none can be written: " + e.getMessage();
    }
  }
}
