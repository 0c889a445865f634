package io.sidestream.experiments.trials;

import io.sidestream.learning.decoding.AllowedTokens;
import io.sidestream.learning.decoding.GroupBeamSearch;
import io.sidestream.learning.decoding.Stopping;
import io.sidestream.learning.decoding.WrittenSequence;
import io.sidestream.learning.pretrained.Decoding;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.Beam;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ways to read IDs out of one generator. */
public final class Decodings {
  /** The likeliest IDs of the trie: what ships. */
  public static final String EXACT = "likeliest IDs of the trie";

  /** As published: 60 beams in 30 groups, diversity penalty 0.25, over all codes. */
  public static final String PUBLISHED = "group beams 60 / 30 / 0.25";

  /** The same, held to the trie. */
  public static final String PUBLISHED_ON_TRIE = PUBLISHED + ", on the trie";

  /** Plain beams over all codes. */
  public static final String PLAIN = "60 beams";

  private static final int BEAMS = 60;
  private static final int GROUPS = 30;
  private static final double PENALTY = 0.25;

  private Decodings() {}

  /** The searches that are no exact ones, by name. */
  static Map<String, GroupBeamSearch> searches(CodebookShape shape) {
    Map<String, GroupBeamSearch> searches = new LinkedHashMap<>();
    searches.put(PUBLISHED, search(shape, GROUPS, PENALTY));
    searches.put(PUBLISHED_ON_TRIE, search(shape, GROUPS, PENALTY));
    searches.put(PLAIN, search(shape, 1, 0));
    return searches;
  }

  /** The same ways, and the exact one, for a language model that has learned IDs. */
  static Map<String, Decoding> published() {
    Map<String, Decoding> decodings = new LinkedHashMap<>();
    decodings.put(EXACT, new Decoding.Exact(BEAMS));
    decodings.put(PUBLISHED, Decoding.PUBLISHED);
    decodings.put(PUBLISHED_ON_TRIE, new Decoding.Groups(BEAMS, GROUPS, PENALTY, true));
    decodings.put(PLAIN, new Decoding.Groups(BEAMS, 1, 0, false));
    return decodings;
  }

  private static GroupBeamSearch search(CodebookShape shape, int groups, double penalty) {
    int end = CodeLogits.endToken(shape);
    return new GroupBeamSearch(
        BEAMS, groups, penalty, 0, Stopping.WHEN_NOT_BETTER_NOW, shape.levels(), end, end);
  }

  /** The IDs of the trie that a search wrote, each once, by its score, best first. */
  static List<Beam> beams(String name, GroupBeamSearch search, CodeLogits logits) {
    AllowedTokens allowed = name.equals(PUBLISHED_ON_TRIE) ? logits.allowed() : AllowedTokens.ANY;
    Map<Integer, Double> found = new LinkedHashMap<>();
    for (WrittenSequence sequence : search.search(logits, allowed)) {
      int leaf = logits.leaf(sequence.tokens());
      if (leaf >= 0) {
        found.putIfAbsent(leaf, sequence.score());
      }
    }
    return found.entrySet().stream()
        .sorted(Map.Entry.<Integer, Double>comparingByValue(Comparator.reverseOrder()))
        .map(entry -> new Beam(entry.getKey(), entry.getValue()))
        .toList();
  }
}
