package io.sidestream.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.client.Brokers;
import io.sidestream.client.Connection;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.kafka.TopicAlteration;
import io.sidestream.schemas.kafka.TopicComparison;
import io.sidestream.schemas.kafka.TopicCreator;
import io.sidestream.schemas.kafka.TopicDifference;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Commands on topics. */
@Command(
    name = "topics",
    description = "Create and compare the topics of Sidestream, or print the ACLs that they need.",
    mixinStandardHelpOptions = true,
    subcommands = {TopicsCommand.Create.class, AclsCommand.class})
final class TopicsCommand {
  /** Creates missing topics, and says how existing ones differ. */
  @Command(
      name = "create",
      description =
          "Create missing topics, and list how existing ones differ from the settings. May be run"
              + " again.",
      mixinStandardHelpOptions = true)
  static final class Create implements Callable<Integer> {
    @Spec CommandSpec spec;
    @Mixin ConnectionOption connection;
    @Mixin OutputOption output;

    @Option(
        names = "--alter",
        description =
            "Alter what differs, where no record is harmed: configurations, and more partitions of"
                + " topics whose records need no order.")
    boolean alter;

    @Option(names = "--check", description = "Exit with 1 when a topic still differs in the end.")
    boolean check;

    @Override
    public Integer call() {
      Connection cluster = connection.connection();
      try (Admin admin = Brokers.reach(cluster)) {
        TopicCreator.Outcome outcome = TopicCreator.create(admin, cluster.topics());
        List<Topic> existing =
            cluster.topics().all().stream()
                .filter(topic -> outcome.existing().contains(topic.name()))
                .toList();
        List<TopicDifference> differences = TopicComparison.differences(admin, existing);
        List<TopicDifference> altered =
            alter ? TopicAlteration.alter(admin, differences) : List.of();
        print(outcome, differences, altered);
        boolean differs = altered.size() < differences.size();
        return check && differs ? ExitCode.SOFTWARE : ExitCode.OK;
      } catch (ExecutionException | InterruptedException e) {
        throw Brokers.unavailable(cluster, e);
      }
    }

    private void print(
        TopicCreator.Outcome outcome,
        List<TopicDifference> differences,
        List<TopicDifference> altered) {
      PrintWriter out = spec.commandLine().getOut();
      if (output.isJson()) {
        out.println(Json.text(json(outcome, differences, altered)));
      } else {
        outcome.created().forEach(name -> out.println("created  " + name));
        outcome.existing().forEach(name -> out.println("existing " + name));
        differences.forEach(one -> out.println(line(one, altered.contains(one))));
      }
    }

    private static String line(TopicDifference difference, boolean altered) {
      String hint =
          difference.isAlterable() ? "--alter changes it" : "not altered: " + difference.obstacle();
      return altered ? "altered  " + difference : "differs  " + difference + "; " + hint;
    }

    private static ObjectNode json(
        TopicCreator.Outcome outcome,
        List<TopicDifference> differences,
        List<TopicDifference> altered) {
      ObjectNode node = Json.object();
      outcome.created().forEach(node.putArray("created")::add);
      outcome.existing().forEach(node.putArray("existing")::add);
      ArrayNode list = node.putArray("differences");
      for (TopicDifference difference : differences) {
        list.addObject()
            .put("topic", difference.topic())
            .put("property", difference.property())
            .put("actual", difference.actual())
            .put("expected", difference.wanted())
            .put("altered", altered.contains(difference))
            .put("obstacle", difference.obstacle());
      }
      return node;
    }
  }
}
