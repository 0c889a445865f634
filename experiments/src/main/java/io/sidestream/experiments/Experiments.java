package io.sidestream.experiments;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All experiments by name. */
public final class Experiments {
  /** The name of all of them together. */
  public static final String ALL_NAME = "all";

  /** In the order of runs and reports. A new experiment is listed here. */
  static final List<Experiment> ALL =
      List.of(
          new Tradeoff(),
          new DenseRetrieval(),
          new QuantizerComparison(),
          new Alignment(),
          new LossMixing(),
          new Prompts(),
          new Popularity(),
          new ColdStart(),
          new ColdItemHelp(),
          new Refreshes(),
          new FewSearches(),
          new TypingErrorsFound(),
          new Matryoshka(),
          new DecodingComparison(),
          new Ablation());

  private Experiments() {}

  /** The names that the command line takes. */
  public static List<String> names() {
    return Stream.concat(ALL.stream().map(Experiment::name), Stream.of(ALL_NAME)).toList();
  }

  /** The experiment of a name, all of them for {@value #ALL_NAME}, or empty. */
  public static Optional<List<Experiment>> named(String name) {
    if (name.equals(ALL_NAME)) {
      return Optional.of(ALL);
    }
    return ALL.stream().filter(one -> one.name().equals(name)).findFirst().map(List::of);
  }
}
