package io.sidestream.model.ranking;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.generator.GeneratorPrompt;
import io.sidestream.model.generator.PromptTokens;
import io.sidestream.model.vectors.Towers;
import io.sidestream.model.vectors.Vectors;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.NormalizedQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Encodes queries and histories as generator prompts, the same way in training and in serving.
 *
 * @param encoder the unit vector (E) of a normalized query; called by several threads
 * @param historyItems most recent items of a history that enter a prompt
 * @param truncated whether the encoder leaves out the end of a normalized query
 */
public record PromptEncoder(
    Function<String, float[]> encoder,
    Towers towers,
    PromptTokens tokens,
    int historyItems,
    Predicate<String> truncated) {
  public PromptEncoder {
    check(historyItems > 0, "prompts of %d history items, expected 1 or more", historyItems);
  }

  /** One that does not look at how much of a query is read. */
  public PromptEncoder(
      Function<String, float[]> encoder, Towers towers, PromptTokens tokens, int historyItems) {
    this(encoder, towers, tokens, historyItems, query -> false);
  }

  /** The encoder of an open generation. */
  static PromptEncoder of(OpenGeneration generation) {
    return new PromptEncoder(
        generation.encoder()::encode,
        generation.towers(),
        generation.promptTokens(),
        generation.manifest().ranking().historyItems(),
        generation.encoder()::truncates);
  }

  /** Whether the encoder leaves out the end of a prompt's query, if it has one. */
  boolean truncates(ReadPrompt read) {
    return read.prompt()
        .fold(
            search -> truncated.test(NormalizedQuery.of(read.query(search))),
            recommendation -> false);
  }

  /** A query, normalized first. */
  public GeneratorPrompt search(String query) {
    String normalized = NormalizedQuery.of(query);
    return search(normalized, encoder.apply(normalized));
  }

  /** A query with the text vector (E) of its normalized form. */
  public GeneratorPrompt search(String query, float[] textVector) {
    return new GeneratorPrompt(tokens.search(NormalizedQuery.of(query)), towers.query(textVector));
  }

  /** A history, oldest first, with at least one item of the catalogue. */
  public GeneratorPrompt recommendation(List<ItemId> history, Catalogue catalogue) {
    List<int[]> codes = new ArrayList<>();
    List<float[]> vectors = new ArrayList<>();
    for (ItemId item : history) {
      catalogue
          .row(item)
          .ifPresent(
              row -> {
                codes.add(catalogue.codes(row));
                vectors.add(catalogue.vector(row));
              });
    }
    return recommendation(codes, vectors);
  }

  /** The addends of a history's vector (D each), by item; those of the catalogue alone. */
  Map<ItemId, float[]> historyAddends(List<ItemId> history, Catalogue catalogue) {
    List<ItemId> known = history.stream().filter(catalogue::contains).toList();
    List<float[]> vectors =
        known.stream().map(item -> catalogue.vector(catalogue.row(item).getAsInt())).toList();
    Map<ItemId, float[]> byItem = new HashMap<>();
    List<float[]> addends = towers.historyAddends(vectors);
    for (int i = 0; i < addends.size(); i++) {
      byItem.merge(known.get(i), addends.get(i), Vectors::sum);
    }
    return byItem;
  }

  /**
   * A history, oldest first, at least one item.
   *
   * @param codes shape [item][level]
   * @param vectors shape [item][D]
   */
  public GeneratorPrompt recommendation(List<int[]> codes, List<float[]> vectors) {
    int from = Math.max(0, codes.size() - historyItems);
    return new GeneratorPrompt(
        tokens.recommendation(codes.subList(from, codes.size())), towers.history(vectors));
  }
}
