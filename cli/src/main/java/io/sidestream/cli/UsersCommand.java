package io.sidestream.cli;

import io.sidestream.client.UserEvents;
import io.sidestream.client.Users;
import io.sidestream.schemas.UserErrorException;
import io.sidestream.schemas.UserId;
import java.io.Console;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Commands on users. */
@Command(
    name = "users",
    description = "Erase users.",
    mixinStandardHelpOptions = true,
    subcommands = UsersCommand.Erase.class)
final class UsersCommand {
  /** Erases users. */
  @Command(
      name = "erase",
      description =
          "Erase users: their histories are dropped, counts are corrected, and no later training"
              + " uses their events. The events stay in the log until its retention ends.",
      mixinStandardHelpOptions = true)
  static final class Erase implements Runnable {
    @Spec CommandSpec spec;
    @Mixin ConnectionOption connection;
    @Mixin OutputOption output;

    @Parameters(paramLabel = "ID", arity = "1..*", description = "Ids of users.")
    List<String> ids;

    @Option(names = "--yes", description = "Do not ask; needed where there is no terminal.")
    boolean yes;

    @Override
    public void run() {
      List<UserId> erased =
          ids.stream().distinct().map(id -> Usage.valid(spec, () -> new UserId(id))).toList();
      Optional<Console> terminal = terminal();
      Usage.check(spec, yes || terminal.isPresent(), "there is no terminal to ask: give --yes");
      Users users = new Users(connection.connection());
      Users.Found found = users.find(erased);
      if (!yes) {
        confirm(terminal.orElseThrow(), found.events());
      }
      users.erase(found);
      print(found.events(), spec.commandLine().getOut());
    }

    @SuppressWarnings(
        "SystemConsoleNull") // from Java 22 on an end of input is "nothing was erased"
    private static Optional<Console> terminal() {
      return Optional.ofNullable(System.console());
    }

    private static void confirm(Console console, Map<UserId, UserEvents> events) {
      events.forEach((user, own) -> console.printf("%s%n", line(user, own)));
      String answer = console.readLine("erase for good? [y/N] ");
      if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).startsWith("y")) {
        throw new UserErrorException("nothing was erased");
      }
    }

    private void print(Map<UserId, UserEvents> events, PrintWriter out) {
      OutputRows rows = new OutputRows(output, out);
      events.forEach(
          (user, own) ->
              rows.add(
                  () -> "erased " + line(user, own),
                  () ->
                      Json.object()
                          .put("user", user.value())
                          .put("interactions", own.interactions())
                          .put("searches", own.searches())));
      rows.end();
    }

    private static String line(UserId user, UserEvents own) {
      return String.format(
          Locale.ROOT,
          "%s: %d interactions, %d searches",
          user,
          own.interactions(),
          own.searches());
    }
  }
}
