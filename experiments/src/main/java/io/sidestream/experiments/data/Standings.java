package io.sidestream.experiments.data;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.NormalizedQuery;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.trainer.corpus.Corpus;
import io.sidestream.trainer.corpus.ItemRows;
import io.sidestream.trainer.corpus.PairReplay;
import java.util.Set;

/** Tells what training knew of an item. Immutable. */
final class Standings {
  private final ItemRows rows;
  private final float[] interactions; // [row]
  private final float[] searches; // [row]
  private final Bands bands;
  private final Set<Pair> pairs;

  Standings(Corpus training, ItemRows rows) {
    this.rows = rows;
    this.interactions = rows.interactions(training.interactions());
    this.searches = rows.searches(training.searches());
    this.bands = Bands.of(interactions);
    this.pairs = Set.copyOf(PairReplay.searches(training.searches()).keySet());
  }

  Standing of(Asked asked, int wanted) {
    boolean neverAskedFor = searches[wanted] == 0;
    return new Standing(
        bands.of(wanted),
        asked.fold(query -> isNew(query, rows.ids().get(wanted)), history -> false),
        neverAskedFor,
        neverAskedFor && interactions[wanted] == 0);
  }

  private boolean isNew(Asked.Query query, ItemId wanted) {
    return !pairs.contains(new Pair.QueryItem(NormalizedQuery.of(query.text()), wanted));
  }
}
