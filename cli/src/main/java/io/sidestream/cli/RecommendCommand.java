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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Asks a running system for what someone may want next. */
@Command(
    name = "recommend",
    description = "Ask a running system for items that someone may want next.",
    mixinStandardHelpOptions = true)
final class RecommendCommand implements Callable<Integer> {
  /** Whose taste counts: a person's, or that of a history given outright. */
  static final class Whose {
    @Option(names = "--user", paramLabel = "U", required = true, description = "A person by id.")
    String user;

    @Option(
        names = "--history",
        paramLabel = "A,B,C",
        split = ",",
        required = true,
        description = "Items by id, oldest first.")
    List<String> history;
  }

  @Spec CommandSpec spec;
  @Mixin AnswerOption answer;

  @ArgGroup(multiplicity = "1")
  Whose whose;

  @Option(names = "--include-seen", description = "Also recommend what was met before.")
  boolean includeSeen;

  @Override
  public Integer call() {
    RecommendationRequest request = request();
    return answer.answer(asking -> asking.recommend(request), spec.commandLine().getOut());
  }

  private RecommendationRequest request() {
    try {
      List<String> history = Optional.ofNullable(whose.history).orElse(List.of());
      return new RecommendationRequest(
          Optional.ofNullable(whose.user).map(UserId::new),
          history.stream().map(ItemId::new).toList(),
          answer.k,
          !includeSeen,
          Set.of(),
          Optional.empty());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
