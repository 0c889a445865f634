package io.sidestream.learning.evaluation;

import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.ItemRows;
import io.sidestream.learning.corpus.PairReplay;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.pairs.Pair;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes cases of held-out events, with the exposure of their items in training. Immutable. */
public final class TrainingExposures {
  private final ItemRows rows;
  private final float[] interactions; // [row]
  private final float[] searches; // [row]
  private final PopularityBuckets buckets;
  private final Set<Pair> pairs;

  public TrainingExposures(Corpus training, ItemRows rows) {
    this.rows = rows;
    this.interactions = rows.interactions(training);
    this.searches = rows.searches(training.searches());
    this.buckets = PopularityBuckets.of(interactions);
    this.pairs = Set.copyOf(PairReplay.searches(training.searches()).keySet());
  }

  /** The case of a search for an item of the corpus. */
  public EvaluationCase search(Search search) {
    return search(search.user(), search.query(), rows.row(search.clicked()).orElseThrow());
  }

  /** The case of a user's interaction with the item of a row, after the items of the history. */
  EvaluationCase recommendation(UserId user, List<Integer> history, int next) {
    return recommendation(Optional.of(user), history, next);
  }

  private EvaluationCase recommendation(Optional<UserId> user, List<Integer> history, int next) {
    return new EvaluationCase(
        user, new EvaluationQuery.History(history), next, new HashSet<>(history), of(next, false));
  }

  /** The case of the same event, with the exposure in this training. */
  public EvaluationCase again(EvaluationCase one) {
    return one.query()
        .fold(
            query -> search(one.user(), query.text(), one.relevant()),
            history -> recommendation(one.user(), history.rows(), one.relevant()));
  }

  private EvaluationCase search(Optional<UserId> user, String query, int row) {
    ItemId item = rows.ids().get(row);
    boolean newPair = !pairs.contains(Pair.QueryItem.of(query, item));
    return new EvaluationCase(
        user, new EvaluationQuery.Query(query), row, Set.of(), of(row, newPair));
  }

  private TrainingExposure of(int row, boolean newPair) {
    boolean neverSearched = searches[row] == 0;
    return new TrainingExposure(
        buckets.of(row), newPair, neverSearched, neverSearched && interactions[row] == 0);
  }
}
