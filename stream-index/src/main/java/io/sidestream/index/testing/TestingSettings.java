package io.sidestream.index.testing;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkRange;

import io.sidestream.schemas.StableHash;

/**
 * What tests the open generations, and how much of it.
 *
 * @param users share of the users whose events are tests, in [0, 1]; 0 for none
 * @param perSecond most tests by events in a second, and as many by requests, 1 to {@link
 *     #MAX_PER_SECOND}
 */
public record TestingSettings(double users, int perSecond) {
  /** Most tests in a second: a worker answers hardly more. */
  public static final int MAX_PER_SECOND = 1_000;

  /** Not that of the users held out of a training, who would otherwise be the same. */
  private static final long SEED = 0x7072657175656e74L;

  public TestingSettings {
    check(users >= 0 && users <= 1, "share of users tested is %s, expected 0 to 1", users);
    checkRange(perSecond, 1, MAX_PER_SECOND, "%d tests a second");
  }

  /** Whether this user is among them, by a stable hash of the id. */
  boolean include(String who) {
    return StableHash.unit(who, SEED) < users;
  }
}
