package io.sidestream.experiments.data;

import static io.sidestream.schemas.Checks.check;

/**
 * Which share of the searches before the test was logged: of training and validation alike, each
 * search by chance.
 *
 * @param ofUsers share of the searches of users, in (0, 1]
 * @param queries share of the queries without a user, in (0, 1]
 */
public record LoggedShares(double ofUsers, double queries) {
  /** All of them. */
  public static final LoggedShares ALL = new LoggedShares(1, 1);

  public LoggedShares {
    check(ofUsers > 0 && ofUsers <= 1, "share of users' searches is %s, expected (0, 1]", ofUsers);
    check(queries > 0 && queries <= 1, "share of queries is %s, expected (0, 1]", queries);
  }
}
