package io.sidestream.experiments.data;

import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.ItemRows;
import io.sidestream.learning.corpus.PairReplay;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.NormalizedQuery;
import io.sidestream.schemas.pairs.Pair;
import java.util.Set;

/** Tells what training knew of an item. Immutable. */
final class TrainingExposures {
  private final ItemRows rows;
  private final float[] interactions; // [row]
  private final float[] searches; // [row]
  private final PopularityBuckets bands;
  private final Set<Pair> pairs;

  TrainingExposures(Corpus training, ItemRows rows) {
    this.rows = rows;
    this.interactions = rows.interactions(training.interactions());
    this.searches = rows.searches(training.searches());
    this.bands = PopularityBuckets.of(interactions);
    this.pairs = Set.copyOf(PairReplay.searches(training.searches()).keySet());
  }

  TrainingExposure of(EvaluationQuery asked, int wanted) {
    boolean neverAskedFor = searches[wanted] == 0;
    return new TrainingExposure(
        bands.of(wanted),
        asked.fold(query -> isNew(query, rows.ids().get(wanted)), history -> false),
        neverAskedFor,
        neverAskedFor && interactions[wanted] == 0);
  }

  private boolean isNew(EvaluationQuery.Query query, ItemId wanted) {
    return !pairs.contains(new Pair.QueryItem(NormalizedQuery.of(query.text()), wanted));
  }
}
