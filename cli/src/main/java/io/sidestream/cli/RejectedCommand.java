package io.sidestream.cli;

import io.sidestream.cli.client.Replay;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Everything about rejected records. */
@Command(
    name = "rejected",
    description = "Put rejected records back on their topic.",
    mixinStandardHelpOptions = true,
    subcommands = RejectedCommand.ReplayTopic.class)
final class RejectedCommand {
  /** Replays one topic. */
  @Command(
      name = "replay",
      description = "Put what was rejected since the last replay back on its topic.",
      mixinStandardHelpOptions = true)
  static final class ReplayTopic implements Runnable {
    @Spec CommandSpec spec;
    @Mixin BrokerOption broker;

    @Option(
        names = "--topic",
        paramLabel = "T",
        required = true,
        description = "The topic that the records were rejected from, for example interactions.")
    String topic;

    @Override
    public void run() {
      long replayed = new Replay(broker.bootstrapServers).of(known());
      spec.commandLine().getOut().println(replayed + " records replayed to " + topic);
    }

    private Topic known() {
      Topics topics = Topics.DEFAULT;
      String known =
          topics.carrying().stream().map(Topic::name).sorted().collect(Collectors.joining(", "));
      return topics.carrying().stream()
          .filter(candidate -> candidate.name().equals(topic))
          .findFirst()
          .orElseThrow(
              () ->
                  new ParameterException(
                      spec.commandLine(), "--topic is " + topic + ", expected one of " + known));
    }
  }
}
