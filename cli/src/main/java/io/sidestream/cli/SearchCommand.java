package io.sidestream.cli;

import io.sidestream.schemas.SearchRequest;
import io.sidestream.schemas.UserId;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Searches in a running system. */
@Command(
    name = "search",
    description = "Search for items by text.",
    mixinStandardHelpOptions = true)
final class SearchCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin AnswerOption answer;

  @Parameters(paramLabel = "TEXT", description = "The query.")
  String query;

  @Option(
      names = "--user",
      paramLabel = "U",
      description = "Who asks: counts only while two generations are compared.")
  @Nullable String user;

  @Override
  public Integer call() {
    SearchRequest request =
        Usage.valid(
            spec,
            () ->
                new SearchRequest(
                    query,
                    answer.k,
                    Set.of(),
                    Optional.empty(),
                    answer.explain,
                    answer.selection(),
                    Optional.ofNullable(user).map(UserId::new)));
    return answer.answer(client -> client.search(request), spec.commandLine().getOut());
  }
}
