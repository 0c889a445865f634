package io.sidestream.cli;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.RecommendationRequest;
import io.sidestream.schemas.UserId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Requests recommendations from a running system. */
@Command(
    name = "recommend",
    description = "Recommend the next items of a user or a history.",
    mixinStandardHelpOptions = true)
final class RecommendCommand implements Callable<Integer> {
  /** The history: that of a user, or an explicit one. */
  static final class HistoryOption {
    @Option(names = "--user", paramLabel = "U", required = true, description = "User id.")
    String user;

    @Option(
        names = "--history",
        paramLabel = "A,B,C",
        split = ",",
        required = true,
        description = "Item ids, oldest first.")
    List<String> history;
  }

  @Spec CommandSpec spec;
  @Mixin AnswerOption answer;

  @ArgGroup(multiplicity = "1")
  HistoryOption source;

  @Option(names = "--include-seen", description = "Also recommend items of the history.")
  boolean includeSeen;

  @Override
  public Integer call() {
    RecommendationRequest request = Usage.valid(spec, this::request);
    return answer.answer(client -> client.recommend(request), spec.commandLine().getOut());
  }

  private RecommendationRequest request() {
    List<String> history = Optional.ofNullable(source.history).orElse(List.of());
    return new RecommendationRequest(
        Optional.ofNullable(source.user).map(UserId::new),
        history.stream().map(ItemId::new).toList(),
        answer.k,
        !includeSeen,
        Set.of(),
        Optional.empty());
  }
}
