package io.sidestream.experiments.data;

import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.ItemRows;
import io.sidestream.learning.evaluation.EvaluationCase;
import io.sidestream.learning.evaluation.WithheldItems;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Training events of withheld items, as cases of a test. */
record Withheld(List<EvaluationCase> ofUsers, List<Search> queries) {
  /** Of no items. */
  static final Withheld NONE = new Withheld(List.of(), List.of());

  /** Most cases of a group: a standard error of .01. */
  static final int MAX_CASES = 1_000;

  /** Most cases of one user in a group. */
  static final int MAX_PER_USER = 5;

  Withheld {
    ofUsers = List.copyOf(ofUsers);
    queries = List.copyOf(queries);
  }

  /**
   * Draws cases; equal seeds draw equal ones.
   *
   * @param most cases of a group; {@value #MAX_CASES} above that
   */
  static Withheld of(Corpus training, Set<ItemId> withheld, int most, long seed) {
    int cases = Math.min(MAX_CASES, most);
    SplittableRandom random = new SplittableRandom(seed);
    List<Search> queries =
        training.searches().stream()
            .filter(one -> one.user().isEmpty() && withheld.contains(one.clicked()))
            .collect(Collectors.toCollection(ArrayList::new));
    Collections.shuffle(queries, new Random(random.nextLong()));
    Corpus ofUsers =
        new Corpus(
            training.items(),
            training.interactions(),
            training.searches().stream().filter(one -> one.user().isPresent()).toList(),
            List.of());
    ItemRows rows = new ItemRows(training.items());
    Set<Integer> withheldRows =
        withheld.stream().map(item -> rows.row(item).orElseThrow()).collect(Collectors.toSet());
    return new Withheld(
        WithheldItems.cases(ofUsers, rows, withheldRows, cases, MAX_PER_USER, random),
        queries.subList(0, Math.min(cases, queries.size())));
  }
}
