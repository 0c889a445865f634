package io.sidestream.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command-line program: the root of all commands. */
@Command(
    name = "sidestream",
    description = "A streaming index of Semantic IDs: events in, search and recommendations out.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      StandaloneCommand.class,
      IngestCommand.class,
      TrainCommand.class,
      IndexCommand.class,
      GatewayCommand.class,
      ProduceCommand.class,
      SimulateCommand.class,
      SearchCommand.class,
      RecommendCommand.class,
      TopicsCommand.class,
      GenerationsCommand.class,
      RetrainCommand.class,
      RejectedCommand.class,
      UsersCommand.class,
      HealthCommand.class,
      CheckCommand.class,
      ChaosCommand.class,
      BrokerCommand.class,
      ExperimentCommand.class,
      RehearseCommand.class,
      ConfigCommand.class
    },
    footer = {"", "Exit codes: 0 done, 1 failed, 2 wrong usage.", "Start with: sidestream demo"})
public final class SidestreamCommand implements Runnable {
  @Spec CommandSpec spec;

  SidestreamCommand() {}

  public static void main(String[] arguments) {
    // Titles and texts may be of any language, whatever the locale of the terminal.
    CommandLine line = commandLine(utf8(FileDescriptor.out), utf8(FileDescriptor.err));
    System.exit(line.execute(arguments));
  }

  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    return new CommandLine(new SidestreamCommand())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(ExitCodeMapper::wrongUsage)
        .setExecutionExceptionHandler(ExitCodeMapper::failed);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command was given");
  }

  private static PrintWriter utf8(FileDescriptor descriptor) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
  }
}
