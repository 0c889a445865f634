package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkRange;

import java.util.List;
import java.util.Optional;

/**
 * Which of the ranked items an answer holds, what moves them, and which generation ranks them.
 *
 * @param filters what each item must meet, all of them
 * @param offset how many of the best items are left out: those of the pages before
 * @param diversity how much an item loses by codes in common with those before it: 0 for nothing, 1
 *     where nothing else counts
 * @param boosts what is added to the scores of some items, before anything else is made of them
 * @param generation the one that is to answer; empty for the one that serves
 */
public record Selection(
    List<ItemFilter> filters,
    int offset,
    double diversity,
    List<ItemBoost> boosts,
    Optional<Generation> generation) {
  /** Most filters of one request. */
  public static final int MAX_FILTERS = 16;

  /** Most boosts of one request. */
  public static final int MAX_BOOSTS = 16;

  /** Most items that an answer may leave out. */
  public static final int MAX_OFFSET = 1_000;

  /** From the first one on, without a condition. */
  public static final Selection ALL = new Selection(List.of(), 0);

  public Selection {
    check(
        filters.size() <= MAX_FILTERS,
        "request has %d filters, at most %d are allowed",
        filters.size(),
        MAX_FILTERS);
    checkRange(offset, 0, MAX_OFFSET, "offset is %d");
    check(diversity >= 0 && diversity <= 1, "diversity is %s, expected 0 to 1", diversity);
    check(
        boosts.size() <= MAX_BOOSTS,
        "request has %d boosts, at most %d are allowed",
        boosts.size(),
        MAX_BOOSTS);
    filters = List.copyOf(filters);
    boosts = List.copyOf(boosts);
  }

  /** By the generation that serves. */
  public Selection(List<ItemFilter> filters, int offset, double diversity, List<ItemBoost> boosts) {
    this(filters, offset, diversity, boosts, Optional.empty());
  }

  /** Without boosts. */
  public Selection(List<ItemFilter> filters, int offset, double diversity) {
    this(filters, offset, diversity, List.of());
  }

  /** In the order of scores. */
  public Selection(List<ItemFilter> filters, int offset) {
    this(filters, offset, 0, List.of());
  }

  /** The same by another generation, or by the one that serves. */
  public Selection by(Optional<Generation> other) {
    return new Selection(filters, offset, diversity, boosts, other);
  }

  /** Whether the best items are ranked again, by codes in common with those before. */
  public boolean isDiverse() {
    return diversity > 0;
  }
}
