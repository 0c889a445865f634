package io.sidestream.cli;

import io.sidestream.cli.demo.ConsoleReporter;
import io.sidestream.cli.demo.Demo;
import io.sidestream.cli.demo.DemoDataset;
import io.sidestream.cli.demo.DemoReport;
import io.sidestream.cli.standalone.StandaloneSystem;
import io.sidestream.cli.standalone.WorkDirectory;
import io.sidestream.datasets.MovieLensFolder;
import io.sidestream.datasets.sample.SampleSize;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
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
  @Spec CommandSpec spec;
  @Mixin SystemOption system;

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

  @Override
  public Integer call() {
    ConsoleReporter reporter = Terminal.reporter(spec);
    DemoReport report = new DemoReport();
    Demo demo = new Demo(dataset(), reporter, report, Clock.systemUTC());
    try (WorkDirectory work = WorkDirectory.claim(system.work.work)) {
      demo.check(work);
      Path log = Logs.toDirectory(work.paths().logs(), "sidestream");
      demo.printIntroduction(work, log);
      StandaloneSystem running = system.start(work, demo.settings(), reporter, report);
      try (GracefulShutdown stop =
          GracefulShutdown.of(running::close, spec.commandLine().getOut())) {
        run(demo, running, stop, report);
      }
    }
    return ExitCode.OK;
  }

  private void run(Demo demo, StandaloneSystem running, GracefulShutdown stop, DemoReport report) {
    try {
      demo.run(running);
    } catch (RuntimeException e) {
      if (stop.stopping()) {
        stop.await();
        return;
      }
      throw e;
    }
    if (json != null) {
      report.write(json);
    }
    if (!exit) {
      demo.printNextCommands(running);
      running.awaitStopped(stop::stopping);
    }
  }

  private DemoDataset dataset() {
    return data == null
        ? DemoDataset.sample(DataOption.SAMPLE_SEED, SampleSize.DEFAULT)
        : DemoDataset.folder(data, MovieLensFolder.read(data));
  }
}
