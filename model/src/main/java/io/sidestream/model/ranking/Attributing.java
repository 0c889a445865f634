package io.sidestream.model.ranking;

import io.sidestream.model.bundle.RankingFeature;
import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.terms.QueryLog;
import io.sidestream.model.terms.TermIndex;
import io.sidestream.model.vectors.Vectors;
import io.sidestream.schemas.Explanation.Attribution;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Prompt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Splits features of items into what each item of the history, logged query or word of the query
 * gives them. Thread-safe.
 */
final class Attributing {
  /*
   * Only what is a sum is split, so that the addends are facts, not estimates. Transitions are a
   * sum over the history; so is the cosine with it, since the tower of histories is linear; BM25 is
   * one over words, and in the query log over the queries that have them. Clicks after a query come
   * from that query alone. The generator reads a history as a whole: its log-probability is no sum,
   * and popularity comes from nothing asked.
   */

  /** Most attributions of one feature of an item, those of largest size. */
  static final int MAX_NAMED = 10;

  private final PromptEncoder prompts;
  private final WordIndexes words;
  private final Neighbours neighbours;

  Attributing(PromptEncoder prompts, WordIndexes words, Neighbours neighbours) {
    this.prompts = prompts;
    this.words = words;
    this.neighbours = neighbours;
  }

  /** Addends of a feature of one candidate, by name. */
  @FunctionalInterface
  private interface Split {
    Map<String, Double> of(int candidate);
  }

  /** The attributions of some candidates, in their order; of the features that have weight. */
  List<List<Attribution>> of(
      ReadPrompt read, Candidates candidates, RankingWeights weights, int[] chosen) {
    Map<RankingFeature, Split> splits =
        read.prompt()
            .fold(
                search -> ofWords(read.query(search), candidates, chosen),
                recommendation -> ofHistory(recommendation, candidates, chosen));
    List<List<Attribution>> all = new ArrayList<>();
    for (int candidate : chosen) {
      List<Attribution> ofItem = new ArrayList<>();
      splits.forEach(
          (feature, split) -> {
            if (weights.of(feature) != 0) {
              ofItem.addAll(named(feature, split.of(candidate)));
            }
          });
      all.add(ofItem);
    }
    return all;
  }

  private static List<Attribution> named(RankingFeature feature, Map<String, Double> addends) {
    return addends.entrySet().stream()
        .filter(one -> one.getValue() != 0 && Attribution.isName(one.getKey()))
        .map(one -> new Attribution(feature.label(), kind(feature), one.getKey(), one.getValue()))
        .sorted(
            Comparator.comparingDouble((Attribution one) -> -Math.abs(one.value()))
                .thenComparing(Attribution::name))
        .limit(MAX_NAMED)
        .toList();
  }

  private static String kind(RankingFeature feature) {
    return switch (feature) {
      case QUERY_LOG, QUERY_CLICKS -> Attribution.QUERY;
      case WORDS -> Attribution.WORD;
      default -> Attribution.ITEM;
    };
  }

  private Map<RankingFeature, Split> ofHistory(
      Prompt.ForRecommendation asked, Candidates candidates, int[] chosen) {
    Catalogue catalogue = candidates.catalogue();
    Set<ItemId> scored =
        Arrays.stream(chosen).mapToObj(candidates::item).collect(Collectors.toSet());
    Map<ItemId, Map<ItemId, Double>> following = neighbours.addends(asked.history(), scored);
    Map<ItemId, float[]> vectors = prompts.historyAddends(asked.history(), catalogue);
    Split near =
        candidate -> {
          float[] vector = catalogue.vector(candidates.row(candidate));
          return named(vectors, addend -> (double) Vectors.dot(addend, vector));
        };
    Map<RankingFeature, Split> splits = new EnumMap<>(RankingFeature.class);
    splits.put(RankingFeature.DENSE, near);
    splits.put(
        RankingFeature.COLD_DENSE,
        candidate -> {
          double share = candidates.value(RankingFeature.COLD, candidate);
          Map<String, Double> addends = near.of(candidate);
          addends.replaceAll((item, addend) -> addend * share);
          return addends;
        });
    splits.put(
        RankingFeature.TRANSITIONS,
        candidate ->
            named(following.getOrDefault(candidates.item(candidate), Map.of()), one -> one));
    return splits;
  }

  private interface Addend<T> {
    double of(T value);
  }

  private static <T> Map<String, Double> named(Map<ItemId, T> byItem, Addend<T> addend) {
    Map<String, Double> named = new TreeMap<>();
    byItem.forEach((item, value) -> named.put(item.value(), addend.of(value)));
    return named;
  }

  private Map<RankingFeature, Split> ofWords(String query, Candidates candidates, int[] chosen) {
    Catalogue catalogue = candidates.catalogue();
    TermIndex.Query inTexts = words.itemTexts().terms().query(query);
    QueryLog log = words.queryLog();
    TermIndex.Query searched = log.terms().query(query);
    Set<Integer> corpusRows =
        Arrays.stream(chosen)
            .mapToObj(candidate -> catalogue.at(candidates.row(candidate)).corpusRow())
            .collect(Collectors.toSet());
    Map<Integer, Map<String, Double>> ofWords = inTexts.addends(corpusRows);
    Map<Integer, Map<String, Double>> ofTerms = searched.addends(corpusRows);
    Map<RankingFeature, Split> splits = new EnumMap<>(RankingFeature.class);
    splits.put(
        RankingFeature.QUERY_LOG,
        candidate -> {
          int row = catalogue.at(candidates.row(candidate)).corpusRow();
          Map<String, Double> terms = ofTerms.getOrDefault(row, Map.of());
          return terms.isEmpty()
              ? Map.of()
              : log.named().addends(row, log.terms(), searched, terms);
        });
    splits.put(
        RankingFeature.QUERY_CLICKS,
        candidate -> Map.of(query, candidates.value(RankingFeature.QUERY_CLICKS, candidate)));
    splits.put(
        RankingFeature.WORDS,
        candidate -> {
          CatalogueRow row = catalogue.at(candidates.row(candidate));
          return row.text()
              .map(own -> inTexts.addends(own.counts()))
              .orElseGet(() -> ofWords.getOrDefault(row.corpusRow(), new HashMap<>()));
        });
    return splits;
  }
}
