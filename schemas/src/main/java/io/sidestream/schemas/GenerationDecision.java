package io.sidestream.schemas;

import java.util.Locale;
import java.util.Optional;

/**
 * What was decided about a generation, by whom and why.
 *
 * @param share of users, with {@link Action#COMPARE}
 */
public record GenerationDecision(Action action, Optional<Double> share, DecisionAuthor author) {
  /** What is done. */
  public enum Action {
    /** A candidate answers a share of the users. */
    COMPARE,
    /** A candidate goes live. */
    PROMOTE,
    /** A candidate is given up. */
    RETIRE,
    /** The serving generation gives way to the one before. */
    ROLL_BACK,
    /** No other generation goes live by itself. */
    HOLD,
    /** One may again. */
    RELEASE;

    /** As written in announcements, for example {@code roll-back}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The action of this label. */
    public static Action of(String label) {
      for (Action action : values()) {
        if (action.label().equals(label)) {
          return action;
        }
      }
      throw new IllegalArgumentException("action is \"%s\", which is none".formatted(label));
    }
  }

  public GenerationDecision {
    share.ifPresent(Comparison::checkShare);
  }

  /** Without a share. */
  public GenerationDecision(Action action, DecisionAuthor author) {
    this(action, Optional.empty(), author);
  }
}
