package io.sidestream.experiments.lab;

import static io.sidestream.schemas.Checks.check;

/**
 * What is changed about the data before anything is learned.
 *
 * @param withheld share of the items of which training knows no event, in [0, 1)
 * @param draw how queries to learn from are drawn
 */
public record Variant(double withheld, QueryDraw draw) {
  /** The data as they are. */
  public static final Variant NONE = new Variant(0, QueryDraw.AS_ASKED);

  public Variant {
    check(withheld >= 0 && withheld < 1, "share withheld is %s, expected [0, 1)", withheld);
  }

  /** The data without events of a share of the items. */
  public static Variant withheld(double share) {
    return new Variant(share, QueryDraw.AS_ASKED);
  }

  /** The data with queries drawn anew. */
  public static Variant drawn(QueryDraw draw) {
    return new Variant(0, draw);
  }
}
