package io.sidestream.learning.generation;

import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.QueryLogs;
import io.sidestream.learning.evaluation.CaseCollector;
import io.sidestream.learning.evaluation.CollectedCases;
import io.sidestream.learning.evaluation.EvaluationCase;
import io.sidestream.learning.evaluation.WithheldItems;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.bundle.Assignments;
import io.sidestream.model.bundle.PopularityPrediction;
import io.sidestream.model.codes.ResidualCodebook;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.model.ranking.Neighbours;
import io.sidestream.model.ranking.Retriever;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.pairs.ItemNeighbours;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairCount;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A trained generation as it would answer if some items had come after the training: their vectors
 * and codes are by text alone, and they have no counts, no query log and no neighbours.
 *
 * @param absent rows that the catalogue lacks
 */
record ColdItemView(
    Retriever retriever, Catalogue catalogue, List<ItemId> items, Set<Integer> absent) {
  /*
   * What the withheld items cost others depends on how many there are. So where the corpus has
   * items without events already, as many of these leave the view as are withheld, or all: it has
   * as many cold items as the catalogue, and a share of WithheldItems.SHARE at least.
   */

  /**
   * The view of a generation, its weights those by which candidates are collected.
   *
   * @param byText vectors of the withheld items, by row
   */
  static ColdItemView of(
      CandidateGeneration generation,
      Corpus training,
      WithheldItems withheld,
      Map<Integer, float[]> byText,
      long seed) {
    Assignments assignments = withheld(generation, byText);
    List<ItemId> items = assignments.items();
    Set<ItemId> ids = withheld.rows().stream().map(items::get).collect(Collectors.toSet());
    PopularityPrediction prediction =
        PopularityRegression.of(texts(generation, byText), assignments);
    Catalogue all =
        Catalogue.of(
            generation.generation(),
            generation.coded().codebook().shape(),
            generation.space().towers().dimensions(),
            assignments,
            prediction);
    Set<Integer> absent = absent(assignments, withheld.rows(), seed);
    Retriever retriever =
        new Retriever(
            generation.generator().prompts(),
            generation.generator().generator(),
            QueryLogs.of(withoutSearches(training, ids)),
            generation.itemTexts(),
            without(generation.neighbours(), ids),
            generation.ranking());
    List<ItemId> removed = absent.stream().map(items::get).toList();
    return new ColdItemView(retriever, all.with(List.of(), removed), items, absent);
  }

  private static float[][] texts(CandidateGeneration generation, Map<Integer, float[]> byText) {
    float[][] texts = generation.space().texts().clone();
    byText.forEach((row, vector) -> texts[row] = vector);
    return texts;
  }

  private static Assignments withheld(
      CandidateGeneration generation, Map<Integer, float[]> byText) {
    Assignments known = generation.coded().assignments();
    ResidualCodebook codebook = generation.coded().codebook();
    int[][] codes = known.codes().clone();
    float[][] vectors = known.vectors().clone();
    float[] interactions = known.interactions().clone();
    float[] searches = known.searches().clone();
    byText.forEach(
        (row, vector) -> {
          vectors[row] = vector;
          codes[row] = codebook.encode(vector);
          interactions[row] = 0;
          searches[row] = 0;
        });
    return new Assignments(
        known.items(), codes, vectors, known.collaborative(), interactions, searches);
  }

  private static Set<Integer> absent(Assignments assignments, Set<Integer> withheld, long seed) {
    List<Integer> cold = new ArrayList<>();
    for (int row = 0; row < assignments.size(); row++) {
      boolean events = assignments.interactions()[row] > 0 || assignments.searches()[row] > 0;
      if (!events && !withheld.contains(row)) {
        cold.add(row);
      }
    }
    Collections.shuffle(cold, new Random(seed));
    return new HashSet<>(cold.subList(0, Math.min(withheld.size(), cold.size())));
  }

  private static Corpus withoutSearches(Corpus training, Set<ItemId> withheld) {
    List<PairCount> kept =
        training.counts().stream()
            .filter(
                count ->
                    count.pair() instanceof Pair.QueryItem pair && !withheld.contains(pair.item()))
            .toList();
    return new Corpus(training.items(), List.of(), List.of(), kept);
  }

  private static Neighbours without(Neighbours known, Set<ItemId> withheld) {
    return new Neighbours() {
      @Override
      public ItemNeighbours of(ItemId item) {
        ItemNeighbours all = known.of(item);
        return withheld.contains(item)
            ? ItemNeighbours.NONE
            : new ItemNeighbours(
                all.outgoing(),
                all.incoming(),
                all.best().stream().filter(one -> !withheld.contains(one.item())).toList());
      }

      @Override
      public long incoming(ItemId item) {
        return withheld.contains(item) ? 0 : known.incoming(item);
      }
    };
  }

  /** The candidates of those cases that the view can answer. */
  CollectedCases collect(List<EvaluationCase> cases, TrainingProgress progress) {
    List<EvaluationCase> answered = cases.stream().filter(this::canAnswer).toList();
    return new CaseCollector(retriever, catalogue, items).collect(answered, progress);
  }

  private boolean canAnswer(EvaluationCase one) {
    return !absent.contains(one.relevant())
        && one.query().<Boolean>fold(query -> true, history -> !absent.containsAll(history.rows()));
  }
}
