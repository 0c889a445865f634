package io.sidestream.cli;

import io.sidestream.client.Connection;
import io.sidestream.client.Rejected;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.kafka.RejectedFilter;
import io.sidestream.schemas.kafka.RejectedReplay;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Commands on rejected records. */
@Command(
    name = "rejected",
    description = "List or replay rejected records.",
    mixinStandardHelpOptions = true,
    subcommands = {RejectedCommand.Listing.class, RejectedCommand.Replaying.class})
final class RejectedCommand {
  /** Counts rejected records, or prints each. */
  @Command(
      name = "list",
      description = "Count rejected records that were not replayed, by topic and reason.",
      mixinStandardHelpOptions = true)
  static final class Listing implements Runnable {
    @Spec CommandSpec spec;
    @Mixin ConnectionOption connection;
    @Mixin RejectedOption selection;
    @Mixin OutputOption output;

    @Option(names = "--records", description = "Print each record instead of counts.")
    boolean records;

    @Override
    public void run() {
      Connection cluster = connection.connection();
      List<Topic> topics = selection.topics(spec, cluster.topics());
      RejectedFilter filter = selection.filter(spec, Clock.systemUTC());
      Rejected rejected = new Rejected(cluster);
      OutputRows rows = new OutputRows(output, spec.commandLine().getOut());
      if (records) {
        rejected.records(
            topics,
            filter,
            one -> rows.add(() -> RejectedOutput.line(one), () -> RejectedOutput.json(one)));
      } else {
        rejected
            .summaries(topics, filter)
            .forEach(
                one -> rows.add(() -> RejectedOutput.line(one), () -> RejectedOutput.json(one)));
      }
      rows.end();
    }
  }

  /** Writes rejected records back. */
  @Command(
      name = "replay",
      description =
          "Write rejected records back to their topics, each once; what would be rejected again"
              + " stays.",
      mixinStandardHelpOptions = true)
  static final class Replaying implements Runnable {
    @Spec CommandSpec spec;
    @Mixin ConnectionOption connection;
    @Mixin RejectedOption selection;
    @Mixin OutputOption output;

    @Override
    public void run() {
      Connection cluster = connection.connection();
      RejectedFilter filter = selection.filter(spec, Clock.systemUTC());
      Rejected rejected = new Rejected(cluster);
      OutputRows rows = new OutputRows(output, spec.commandLine().getOut());
      for (Topic topic : selection.topics(spec, cluster.topics())) {
        RejectedReplay.Outcome outcome = rejected.replay(topic, filter);
        rows.add(
            () -> RejectedOutput.line(topic, outcome), () -> RejectedOutput.json(topic, outcome));
      }
      rows.end();
    }
  }
}
