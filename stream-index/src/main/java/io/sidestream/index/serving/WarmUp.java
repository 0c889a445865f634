package io.sidestream.index.serving;

import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.schemas.AnswerLimits;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Requests answered before a generation serves: code is compiled, buffers are allocated. */
final class WarmUp {
  private static final int MAX_QUERY = 64;
  private static final int SEARCHES = 4;
  private static final int HISTORIES = 4;
  private static final int HISTORY_ITEMS = 8;

  private WarmUp() {}

  /** Searches for the probes' texts, and recommendations for histories of the first items. */
  static List<Prompt> of(List<Manifest.Probe> probes, Catalogue catalogue) {
    List<Prompt> prompts = new ArrayList<>();
    probes.stream().limit(SEARCHES).map(probe -> search(probe.text())).forEach(prompts::add);
    for (int length = 1; length <= HISTORIES; length++) {
      prompts.add(recommendation(items(catalogue, length * HISTORY_ITEMS / HISTORIES)));
    }
    return prompts;
  }

  private static Prompt search(String text) {
    String query = text.substring(0, Math.min(text.length(), MAX_QUERY));
    return new Prompt.ForSearch(query, AnswerLimits.DEFAULT_K, Set.of(), Optional.empty());
  }

  private static Prompt recommendation(List<ItemId> history) {
    return new Prompt.ForRecommendation(
        history, true, AnswerLimits.DEFAULT_K, Set.of(), Optional.empty());
  }

  private static List<ItemId> items(Catalogue catalogue, int count) {
    return IntStream.range(0, Math.min(count, catalogue.size())).mapToObj(catalogue::item).toList();
  }
}
