package io.sidestream.cli;

import io.sidestream.schemas.SearchRequest;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks a running system for what a text means. */
@Command(
    name = "search",
    description = "Ask a running system for items that a text means.",
    mixinStandardHelpOptions = true)
final class SearchCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin AnswerOption answer;

  @Parameters(paramLabel = "TEXT", description = "What to look for, in your own words.")
  String query;

  @Override
  public Integer call() {
    SearchRequest request = request();
    return answer.answer(asking -> asking.search(request), spec.commandLine().getOut());
  }

  private SearchRequest request() {
    try {
      return new SearchRequest(query, answer.k, Set.of(), Optional.empty());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
