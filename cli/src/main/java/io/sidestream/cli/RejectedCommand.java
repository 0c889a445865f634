package io.sidestream.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.cli.client.Connection;
import io.sidestream.cli.client.Rejected;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.kafka.RejectedFilter;
import io.sidestream.schemas.kafka.RejectedReplay;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
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
      PrintWriter out = spec.commandLine().getOut();
      Rejected rejected = new Rejected(cluster);
      ArrayNode nodes = Json.array();
      if (records) {
        rejected.records(
            topics,
            filter,
            entry -> {
              if (output.isJson()) {
                nodes.add(RejectedOutput.json(entry));
              } else {
                out.println(RejectedOutput.line(entry));
              }
            });
      } else {
        rejected
            .summaries(topics, filter)
            .forEach(
                summary -> {
                  if (output.isJson()) {
                    nodes.add(RejectedOutput.json(summary));
                  } else {
                    out.println(RejectedOutput.line(summary));
                  }
                });
      }
      if (output.isJson()) {
        out.println(Json.text(nodes));
      }
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
      PrintWriter out = spec.commandLine().getOut();
      Rejected rejected = new Rejected(cluster);
      ArrayNode nodes = Json.array();
      for (Topic topic : selection.topics(spec, cluster.topics())) {
        RejectedReplay.Outcome outcome = rejected.replay(topic, filter);
        if (output.isJson()) {
          ObjectNode node = nodes.addObject();
          node.put("topic", topic.name());
          node.put("replayed", outcome.replayed());
          node.put("still_bad", outcome.stillBad());
          node.put("superseded", outcome.superseded());
        } else {
          out.println(
              String.format(
                  Locale.ROOT,
                  "%s: %d replayed, %d still bad, %d superseded",
                  topic.name(),
                  outcome.replayed(),
                  outcome.stillBad(),
                  outcome.superseded()));
        }
      }
      if (output.isJson()) {
        out.println(Json.text(nodes));
      }
    }
  }
}
