package io.sidestream.learning.pretrained;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkRange;

import io.sidestream.learning.decoding.GroupBeamSearch;
import java.util.function.Function;

/** How IDs are read out of a generator. */
public sealed interface Decoding {
  /** Most IDs of one prompt. */
  int MAX_IDS = 1_000;

  /** As published: 60 beams in 30 groups, diversity penalty 0.25, the vocabulary unconstrained. */
  Groups PUBLISHED = new Groups(60, 30, 0.25, false);

  /** What the case calls for. */
  <T> T fold(Function<Exact, T> exact, Function<Groups, T> groups);

  /**
   * The likeliest IDs of the trie, none missed.
   *
   * @param ids how many
   */
  record Exact(int ids) implements Decoding {
    public Exact {
      checkRange(ids, 1, MAX_IDS, "%d ids");
    }

    @Override
    public <T> T fold(Function<Exact, T> exact, Function<Groups, T> groups) {
      return exact.apply(this);
    }
  }

  /**
   * Diverse beam search; an ID that several groups write counts once, what is no ID of the trie not
   * at all, so there may be fewer IDs than beams.
   *
   * @param beams in all, a multiple of the groups; {@link GroupBeamSearch#MAX_BEAMS} at most
   * @param groups 1 for plain beam search
   * @param diversityPenalty at least 0
   * @param constrained whether only IDs of the trie are written
   */
  record Groups(int beams, int groups, double diversityPenalty, boolean constrained)
      implements Decoding {
    public Groups {
      checkRange(beams, 1, GroupBeamSearch.MAX_BEAMS, "%d beams");
      check(groups > 0 && beams % groups == 0, "%d beams in %d groups", beams, groups);
      check(diversityPenalty >= 0, "diversity penalty %f, expected at least 0", diversityPenalty);
    }

    @Override
    public <T> T fold(Function<Exact, T> exact, Function<Groups, T> groups) {
      return groups.apply(this);
    }
  }
}
