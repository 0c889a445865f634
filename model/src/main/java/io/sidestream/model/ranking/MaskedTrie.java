package io.sidestream.model.ranking;

import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.generator.Beam;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;

/** Some of the IDs of a trie, as a trie of their own. */
record MaskedTrie(CodeTrie all, CodeTrie some) {
  static MaskedTrie of(CodeTrie all, BitSet leaves) {
    return new MaskedTrie(
        all, CodeTrie.of(all.shape(), leaves.stream().mapToObj(all::codes).toList()));
  }

  /** Beams of the masked trie, as beams of the whole one. */
  List<Beam> beams(Function<CodeTrie, List<Beam>> generate) {
    return generate.apply(some).stream()
        .map(beam -> new Beam(all.leaf(some.codes(beam.leaf())), beam.logProbability()))
        .toList();
  }
}
