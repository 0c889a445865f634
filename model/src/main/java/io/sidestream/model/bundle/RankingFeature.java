package io.sidestream.model.bundle;

import io.sidestream.model.generator.Task;
import io.sidestream.model.terms.QueryClicks;
import io.sidestream.model.terms.TermIndex;
import io.sidestream.model.terms.Titles;
import io.sidestream.schemas.pairs.TransitionScores;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What the score of an item is made of: a weighted sum of these. */
public enum RankingFeature {
  /** log p(ID) + log p(item | ID), by the generator. */
  GENERATOR,
  /** The cosine between the prompt's and the item's exact vector. */
  DENSE,
  /** log(1 + count) of the item's interactions or, for a search, clicks; its weight may be < 0. */
  POPULARITY,
  /** What a cold item's will be by its text, fading with events; its weight may be < 0. */
  PREDICTED_POPULARITY,
  /** The cosine of a cold item, fading with events, beside {@link #DENSE}. */
  COLD_DENSE,
  /**
   * 1 for a cold item, fading with events; its weight, which may be < 0, is the cold-item boost.
   */
  COLD,
  /** How well the query log of the item matches the query, see {@link TermIndex}; searches only. */
  QUERY_LOG(Task.SEARCH),
  /** How often the item was clicked after this very query, see {@link QueryClicks}; likewise. */
  QUERY_CLICKS(Task.SEARCH),
  /** How well the item's own words match the query, see {@link TermIndex}; searches only. */
  WORDS(Task.SEARCH),
  /** 1 for an item whose title is the query, see {@link Titles}; searches only, never tuned. */
  TITLE(Task.SEARCH),
  /** What followed the history's items up to now, see {@link TransitionScores}. */
  TRANSITIONS(Task.RECOMMENDATION);

  /** Features of items without training events alone. */
  public static final Set<RankingFeature> OF_COLD_ITEMS =
      Collections.unmodifiableSet(EnumSet.of(PREDICTED_POPULARITY, COLD_DENSE, COLD));

  private final Set<Task> tasks;

  RankingFeature(Task... only) {
    this.tasks = only.length == 0 ? EnumSet.allOf(Task.class) : EnumSet.of(only[0], only);
  }

  /** Its name in a manifest, for example {@code query_log}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it may have this weight: of some, more may make an item rank lower. */
  boolean takes(double weight) {
    return weight >= 0 || this == POPULARITY || OF_COLD_ITEMS.contains(this);
  }

  /** Whether items have it for prompts of a task. */
  public boolean isOf(Task task) {
    return tasks.contains(task);
  }
}
