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

/** Requests recommendations, or similar items, from a running system. */
@Command(
    name = "recommend",
    description =
        "Recommend the next items of a user or a history, items like one, or trending ones.",
    mixinStandardHelpOptions = true)
final class RecommendCommand implements Callable<Integer> {
  /** What is recommended for: a user's history, an explicit one, or one item. */
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

    @Option(
        names = "--like",
        paramLabel = "ITEM",
        required = true,
        description = "Item id, to find similar items.")
    String like;

    @Option(names = "--trending", required = true, description = "What is interacted with now.")
    boolean trending;
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
        Optional.ofNullable(source.like).map(ItemId::new),
        source.trending,
        answer.k,
        !includeSeen,
        Set.of(),
        Optional.empty(),
        answer.explain,
        answer.selection());
  }
}
