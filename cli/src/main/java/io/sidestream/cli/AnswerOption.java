package io.sidestream.cli;

import io.sidestream.client.Connection;
import io.sidestream.client.SidestreamClient;
import io.sidestream.client.Titles;
import io.sidestream.schemas.AnswerLimits;
import io.sidestream.schemas.Explanation;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.RankedItem;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.Selection;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of commands that send a request to a running system. */
final class AnswerOption {
  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  @Mixin ConnectionOption connection;
  @Mixin OutputOption output;

  @Option(
      names = {"-k", "--count"},
      paramLabel = "N",
      defaultValue = "" + AnswerLimits.DEFAULT_K,
      description = "Number of items to return (default: ${DEFAULT-VALUE}).")
  int k;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long to wait for the reply (default: ${DEFAULT-VALUE}).")
  int timeout;

  @Option(
      names = "--generation",
      paramLabel = "N",
      description = "The generation that is to answer, if it is open (default: the live one).")
  @Nullable Long generation;

  @Option(
      names = "--explain",
      description =
          "Also say what items of the history, logged queries and words speak for each item.")
  boolean explain;

  /** What the options say of the answer; their values are checked here. */
  Selection selection() {
    return Selection.ALL.by(Optional.ofNullable(generation).map(Generation::new));
  }

  /** Sends a request, prints the reply, and returns the exit code. */
  int answer(Function<SidestreamClient, Reply> request, PrintWriter out) {
    Usage.checkSeconds(spec, "--timeout", timeout);
    Connection cluster = connection.connection();
    try (SidestreamClient client = SidestreamClient.open(cluster, Duration.ofSeconds(timeout))) {
      Reply reply = request.apply(client);
      print(reply, cluster, out);
      return reply.status().isAnswer() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  private void print(Reply reply, Connection cluster, PrintWriter out) {
    Stream<ItemId> seen = reply.explanation().stream().flatMap(Explanation::seen);
    Set<ItemId> items =
        Stream.concat(reply.items().stream().map(RankedItem::item), seen)
            .collect(Collectors.toUnmodifiableSet());
    Map<ItemId, String> titles = Titles.read(cluster, items);
    if (output.isJson()) {
      AnswerOutput.json(reply, titles, out);
    } else {
      AnswerOutput.text(reply, titles, out);
    }
  }
}
