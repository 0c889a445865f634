package io.sidestream.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.cli.client.Brokers;
import io.sidestream.cli.client.Connection;
import io.sidestream.schemas.kafka.TopicCreator;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Commands on topics. */
@Command(
    name = "topics",
    description = "Create the topics of Sidestream, or print the ACLs that they need.",
    mixinStandardHelpOptions = true,
    subcommands = {TopicsCommand.Create.class, AclsCommand.class})
final class TopicsCommand {
  /** Creates missing topics. */
  @Command(
      name = "create",
      description = "Create missing topics; existing ones stay unchanged.",
      mixinStandardHelpOptions = true)
  static final class Create implements Callable<Integer> {
    @Spec CommandSpec spec;
    @Mixin ConnectionOption connection;
    @Mixin OutputOption output;

    @Override
    public Integer call() throws Exception {
      Connection cluster = connection.connection();
      try (Admin admin = Brokers.reach(cluster)) {
        print(TopicCreator.create(admin, cluster.topics()), spec.commandLine().getOut());
        return ExitCode.OK;
      }
    }

    private void print(TopicCreator.Outcome outcome, PrintWriter out) {
      if (output.isJson()) {
        ObjectNode node = Json.object();
        outcome.created().forEach(node.putArray("created")::add);
        outcome.existing().forEach(node.putArray("existing")::add);
        out.println(Json.text(node));
      } else {
        outcome.created().forEach(name -> out.println("created  " + name));
        outcome.existing().forEach(name -> out.println("existing " + name));
      }
    }
  }
}
