package io.sidestream.experiments.run;

import static io.sidestream.schemas.Checks.check;

/**
 * What is changed about the data before anything is learned.
 *
 * @param withheld share of the items of which training knows no event, in [0, 1)
 * @param draw how queries to learn from are drawn
 */
public record DataVariant(double withheld, QuerySampling draw) {
  /** The data as they are. */
  public static final DataVariant NONE = new DataVariant(0, QuerySampling.AS_ASKED);

  public DataVariant {
    check(withheld >= 0 && withheld < 1, "share withheld is %s, expected [0, 1)", withheld);
  }

  /** The data without events of a share of the items. */
  public static DataVariant withheld(double share) {
    return new DataVariant(share, QuerySampling.AS_ASKED);
  }

  /** The data with queries drawn anew. */
  public static DataVariant drawn(QuerySampling draw) {
    return new DataVariant(0, draw);
  }
}
