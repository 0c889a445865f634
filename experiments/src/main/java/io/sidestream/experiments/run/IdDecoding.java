package io.sidestream.experiments.run;

import io.sidestream.learning.decoding.GroupBeamSearch;
import io.sidestream.learning.decoding.GroupBeamSearch.AllowedTokens;
import io.sidestream.learning.decoding.GroupBeamSearch.GeneratedSequence;
import io.sidestream.learning.decoding.GroupBeamSearch.Stopping;
import io.sidestream.learning.pretrained.Decoding;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.Beam;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The decodings of a generator that are compared. */
public enum IdDecoding {
  /** The most probable IDs of the trie, exactly: the full system's. */
  EXACT("exact top-k of the trie", 1, 0, true),
  /** Beam search over all codes. */
  BEAMS("60 beams", 1, 0, false),
  /** As published: 60 beams in 30 groups, diversity penalty 0.25, over all codes. */
  DIVERSE("diverse beams 60 / 30 / 0.25", 30, 0.25, false),
  /** The same, constrained to the trie. */
  DIVERSE_ON_TRIE("diverse beams 60 / 30 / 0.25, on the trie", 30, 0.25, true);

  private static final int IDS = 60;
  private final String label;
  private final int groups;
  private final double penalty;
  private final boolean constrained;

  IdDecoding(String label, int groups, double penalty, boolean constrained) {
    this.label = label;
    this.groups = groups;
    this.penalty = penalty;
    this.constrained = constrained;
  }

  /** As written in tables. */
  public String label() {
    return label;
  }

  /** The same decoding of a language model that has learned IDs. */
  Decoding ofText() {
    return this == EXACT
        ? new Decoding.Exact(IDS)
        : new Decoding.Groups(IDS, groups, penalty, constrained);
  }

  /** The IDs of the trie that beam search finds, each once, best first. */
  List<Beam> search(CodeLogits logits) {
    CodebookShape shape = logits.trie().shape();
    int end = CodeLogits.endToken(shape);
    GroupBeamSearch search =
        new GroupBeamSearch(
            IDS, groups, penalty, 0, Stopping.WHEN_NOT_BETTER_NOW, shape.levels(), end, end);
    Map<Integer, Double> found = new LinkedHashMap<>();
    for (GeneratedSequence sequence :
        search.search(logits, constrained ? logits.allowed() : AllowedTokens.ANY)) {
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
