package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.checkRange;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far a generation is let to users, and what was decided about it.
 *
 * @param share of users that a candidate answers: it passed the gate, and is kept open; empty for
 *     every other generation
 * @param held whether no other one goes live by itself while this one serves
 * @param decisions the last ones, oldest first
 */
public record Rollout(Optional<Double> share, boolean held, List<GenerationDecision> decisions) {
  /** Most decisions that are kept of one generation; the oldest go first. */
  public static final int MAX_DECISIONS = 100;

  /** Nothing was decided. */
  public static final Rollout NONE = new Rollout(Optional.empty(), false, List.of());

  public Rollout {
    share.ifPresent(Comparison::checkShare);
    checkRange(decisions.size(), 0, MAX_DECISIONS, "%d decisions on a generation");
    decisions = List.copyOf(decisions);
  }

  /** In another state: what was decided stays known. */
  Rollout ended() {
    return new Rollout(Optional.empty(), false, decisions);
  }

  /** A candidate that answers this share of users. */
  public Rollout sharing(double next) {
    return new Rollout(Optional.of(next), held, decisions);
  }

  Rollout holding(boolean next) {
    return new Rollout(share, next, decisions);
  }

  Rollout after(GenerationDecision decision) {
    List<GenerationDecision> all = new ArrayList<>(decisions);
    all.add(decision);
    return new Rollout(
        share, held, all.subList(Math.max(0, all.size() - MAX_DECISIONS), all.size()));
  }
}
