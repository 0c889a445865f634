package io.sidestream.learning.pretrained;

import io.sidestream.learning.decoding.GroupBeamSearch;
import io.sidestream.learning.decoding.GroupBeamSearch.AllowedTokens;
import io.sidestream.learning.decoding.GroupBeamSearch.GeneratedSequence;
import io.sidestream.learning.decoding.GroupBeamSearch.NextLogits;
import io.sidestream.learning.decoding.GroupBeamSearch.Stopping;
import io.sidestream.model.codes.CodeTrie;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Diverse beam search for the IDs of a trie, each once. */
record DiverseBeamDecoder(CodeTrie trie, IdTokens tokens, int endToken, int padToken) {
  /*
   * Sequences are as long as an ID and no longer: the probability of the end after a whole ID does
   * not count. One that ends early, or strays from the trie where it may, names no item and is left
   * out.
   */

  /** Best first; as many as there are beams, or fewer. */
  List<GeneratedId> find(NextLogits model, Decoding.Groups groups) {
    GroupBeamSearch search =
        new GroupBeamSearch(
            groups.beams(),
            groups.groups(),
            groups.diversityPenalty(),
            1,
            Stopping.WHEN_NOT_BETTER_NOW,
            trie.shape().levels(),
            endToken,
            padToken);
    return ids(search.search(model, groups.constrained() ? this::children : AllowedTokens.ANY));
  }

  /** Only the end may follow what begins no ID. */
  private int[] children(int[] prefix, int vocabulary) {
    int level = prefix.length;
    int[] codes =
        level < trie.shape().levels()
            ? tokens.codes(prefix).map(trie::children).orElse(new int[0])
            : new int[0];
    return codes.length == 0
        ? new int[] {endToken}
        : Arrays.stream(codes).map(code -> tokens.token(level, code)).toArray();
  }

  private List<GeneratedId> ids(List<GeneratedSequence> sequences) {
    List<GeneratedId> ids = new ArrayList<>();
    Set<Integer> leaves = new HashSet<>();
    for (GeneratedSequence sequence : sequences) {
      Optional<int[]> codes = tokens.codes(sequence.tokens());
      int leaf = codes.map(trie::leaf).orElse(CodeTrie.ABSENT);
      if (leaf != CodeTrie.ABSENT && leaves.add(leaf)) {
        ids.add(new GeneratedId(trie.codes(leaf), sequence.logProbability(), sequence.score()));
      }
    }
    return ids;
  }
}
