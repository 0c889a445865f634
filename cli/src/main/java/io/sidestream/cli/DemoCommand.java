package io.sidestream.cli;

import io.sidestream.cli.demo.ConsoleReporter;
import io.sidestream.cli.demo.Demo;
import io.sidestream.cli.demo.DemoDataset;
import io.sidestream.cli.demo.DemoReport;
import io.sidestream.cli.demo.DemoSystem;
import io.sidestream.cli.demo.ExistingSystem;
import io.sidestream.cli.standalone.StandaloneSystem;
import io.sidestream.cli.standalone.WorkDirectory;
import io.sidestream.client.Connection;
import io.sidestream.datasets.MovieLensFolder;
import io.sidestream.datasets.sample.SampleSize;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the demo: starts the system, produces events, sends requests and measures. */
@Command(
    name = "demo",
    description = "Run the whole system step by step, on the bundled sample or on a folder.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private static final String SERVERS = "kafka.bootstrap.servers";

  @Spec CommandSpec spec;
  @Mixin SystemOption system;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description =
          "Run against an existing system at this Kafka broker instead of starting one; exits"
              + " after the demo.")
  @Nullable String bootstrapServers;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "A folder in MovieLens layout instead of the bundled sample.")
  Path data;

  @Option(names = "--exit", description = "Exit after the demo instead of answering until Ctrl-C.")
  boolean exit;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also write the measurements, as one JSON object.")
  Path json;

  private final DemoReport report = new DemoReport();

  @Override
  public Integer call() {
    Usage.checkOutput(spec, "--json", json);
    ConsoleReporter reporter = Terminal.reporter(spec);
    Demo demo = new Demo(dataset(), reporter, report, Clock.systemUTC());
    try (WorkDirectory work = WorkDirectory.claim(system.work.work)) {
      demo.check(work.paths().root());
      boolean passed =
          bootstrapServers == null
              ? embedded(demo, work, reporter)
              : existing(demo, work, reporter, Map.of(SERVERS, bootstrapServers));
      return passed ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  private boolean existing(
      Demo demo, WorkDirectory work, ConsoleReporter reporter, Map<String, String> given) {
    demo.printIntroduction();
    Connection connection = Connection.of(system.settings.settings(given));
    try (ExistingSystem existing =
        ExistingSystem.connect(connection, work.paths().root(), reporter, Clock.systemUTC())) {
      return run(demo, existing);
    }
  }

  private boolean embedded(Demo demo, WorkDirectory work, ConsoleReporter reporter) {
    demo.checkComplete(work.paths().root());
    Path log = Logs.toDirectory(work.paths().logs(), "sidestream");
    demo.printIntroduction(work, log);
    StandaloneSystem running = system.start(work, demo.settings(), reporter, report);
    try (GracefulShutdown stop = GracefulShutdown.of(running::close, spec.commandLine().getOut())) {
      return embedded(demo, running, stop);
    }
  }

  private boolean embedded(Demo demo, StandaloneSystem running, GracefulShutdown stop) {
    DemoSystem own = DemoSystem.of(running);
    boolean passed;
    try {
      passed = run(demo, own);
    } catch (RuntimeException e) {
      if (stop.stopping()) {
        stop.await();
        return true;
      }
      throw e;
    }
    if (!exit) {
      demo.printNextCommands(own);
      running.awaitStopped(stop::stopping);
    }
    return passed;
  }

  private boolean run(Demo demo, DemoSystem running) {
    boolean passed = demo.run(running);
    if (json != null) {
      report.write(json);
    }
    return passed;
  }

  private DemoDataset dataset() {
    return data == null
        ? DemoDataset.sample(DataOption.SAMPLE_SEED, SampleSize.DEFAULT)
        : DemoDataset.folder(data, MovieLensFolder.read(data));
  }
}
