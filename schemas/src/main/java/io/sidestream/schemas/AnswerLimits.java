package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;

import java.util.List;
import java.util.Set;

/** Limits of one request. */
public final class AnswerLimits {
  /** Most items in one answer. */
  public static final int MAX_K = 500;

  /** Items in an answer when the request names no number. */
  public static final int DEFAULT_K = 10;

  /** Most items that a request may give as its history; more are rejected. */
  public static final int MAX_HISTORY = 1_000;

  /** Most items that a request may exclude by name. */
  public static final int MAX_EXCLUDED = 10_000;

  private AnswerLimits() {}

  static void checkK(int k) {
    check(k > 0 && k <= MAX_K, "k is %d, expected 1 to %d", k, MAX_K);
  }

  static void checkQuery(String query) {
    check(
        query.length() <= Search.MAX_QUERY,
        "query has %d characters, at most %d are allowed",
        query.length(),
        Search.MAX_QUERY);
  }

  static Set<ItemId> checkedExclusion(Set<ItemId> excluded) {
    check(
        excluded.size() <= MAX_EXCLUDED,
        "%d items are excluded, at most %d are allowed",
        excluded.size(),
        MAX_EXCLUDED);
    return Set.copyOf(excluded);
  }

  static List<ItemId> checkedHistory(List<ItemId> history) {
    check(
        history.size() <= MAX_HISTORY,
        "history has %d items, at most %d are allowed",
        history.size(),
        MAX_HISTORY);
    return List.copyOf(history);
  }
}
