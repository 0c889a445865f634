package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A validated request with its history attached: all that ranking needs but the generation. */
public sealed interface Prompt permits Prompt.ForSearch, Prompt.ForRecommendation {
  /** How many items to answer with. */
  int k();

  /** Items that must not be in the answer. */
  Set<ItemId> excluded();

  /** The answer is useless after this time. */
  Optional<Instant> deadline();

  /** Whether the answer shows how it came about. */
  boolean explain();

  /** Which of the ranked items the answer holds. */
  Selection selection();

  /** Whether the items are asked for that trend now. */
  default boolean isTrending() {
    return fold(search -> false, ForRecommendation::trending);
  }

  /** The value of whichever case this is. */
  <T> T fold(Function<ForSearch, T> search, Function<ForRecommendation, T> recommendation);

  /** The query as typed, ends trimmed; may be empty. */
  record ForSearch(
      String query,
      int k,
      Set<ItemId> excluded,
      Optional<Instant> deadline,
      boolean explain,
      Selection selection)
      implements Prompt {
    public ForSearch {
      AnswerLimits.checkK(k);
      AnswerLimits.checkQuery(query);
      excluded = AnswerLimits.checkedExclusion(excluded);
    }

    /** A prompt without an explanation. */
    public ForSearch(String query, int k, Set<ItemId> excluded, Optional<Instant> deadline) {
      this(query, k, excluded, deadline, false);
    }

    /** A prompt for the best items. */
    public ForSearch(
        String query, int k, Set<ItemId> excluded, Optional<Instant> deadline, boolean explain) {
      this(query, k, excluded, deadline, explain, Selection.ALL);
    }

    @Override
    public <T> T fold(
        Function<ForSearch, T> search, Function<ForRecommendation, T> recommendation) {
      return search.apply(this);
    }
  }

  /**
   * The history, oldest first; may be empty.
   *
   * @param userKnown false when the request names a user without any interaction
   * @param trending whether the items are asked for that trend now, whatever the history
   */
  record ForRecommendation(
      List<ItemId> history,
      boolean userKnown,
      int k,
      Set<ItemId> excluded,
      Optional<Instant> deadline,
      boolean explain,
      Selection selection,
      boolean trending)
      implements Prompt {
    /** Most excluded items: those named by the request, and those of the history. */
    public static final int MAX_EXCLUDED = AnswerLimits.MAX_EXCLUDED + AnswerLimits.MAX_HISTORY;

    public ForRecommendation {
      AnswerLimits.checkK(k);
      history = AnswerLimits.checkedHistory(history);
      check(
          excluded.size() <= MAX_EXCLUDED,
          "%d items are excluded, at most %d are allowed",
          excluded.size(),
          MAX_EXCLUDED);
      excluded = Set.copyOf(excluded);
    }

    /** A prompt for other items than those that trend. */
    public ForRecommendation(
        List<ItemId> history,
        boolean userKnown,
        int k,
        Set<ItemId> excluded,
        Optional<Instant> deadline,
        boolean explain,
        Selection selection) {
      this(history, userKnown, k, excluded, deadline, explain, selection, false);
    }

    /** A prompt without an explanation. */
    public ForRecommendation(
        List<ItemId> history,
        boolean userKnown,
        int k,
        Set<ItemId> excluded,
        Optional<Instant> deadline) {
      this(history, userKnown, k, excluded, deadline, false);
    }

    /** A prompt for the best items. */
    public ForRecommendation(
        List<ItemId> history,
        boolean userKnown,
        int k,
        Set<ItemId> excluded,
        Optional<Instant> deadline,
        boolean explain) {
      this(history, userKnown, k, excluded, deadline, explain, Selection.ALL);
    }

    @Override
    public <T> T fold(
        Function<ForSearch, T> search, Function<ForRecommendation, T> recommendation) {
      return recommendation.apply(this);
    }
  }
}
