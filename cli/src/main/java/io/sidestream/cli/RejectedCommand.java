package io.sidestream.cli;

import io.sidestream.cli.client.Connection;
import io.sidestream.cli.client.Replay;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Commands on rejected records. */
@Command(
    name = "rejected",
    description = "Replay rejected records.",
    mixinStandardHelpOptions = true,
    subcommands = RejectedCommand.ReplayTopic.class)
final class RejectedCommand {
  /** Replays the rejected records of one topic. */
  @Command(
      name = "replay",
      description = "Write the records rejected since the last replay back to their topic.",
      mixinStandardHelpOptions = true)
  static final class ReplayTopic implements Runnable {
    @Spec CommandSpec spec;
    @Mixin ConnectionOption connection;

    @Option(
        names = "--topic",
        paramLabel = "T",
        required = true,
        description = "The topic that the records were rejected from, for example interactions.")
    String topic;

    @Override
    public void run() {
      Connection cluster = connection.connection();
      long replayed = new Replay(cluster).of(known(cluster.topics()));
      spec.commandLine().getOut().println(replayed + " records replayed to " + topic);
    }

    /** With or without prefix and catalogue. */
    private Topic known(Topics topics) {
      String known =
          topics.carrying().stream().map(Topic::name).sorted().collect(Collectors.joining(", "));
      String qualified = topics.namespace().qualify(topic);
      return topics.carrying().stream()
          .filter(candidate -> candidate.name().equals(topic) || candidate.name().equals(qualified))
          .findFirst()
          .orElseThrow(() -> Usage.error(spec, "--topic is %s, expected one of %s", topic, known));
    }
  }
}
