package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A candidate that answers a share of the users, beside the live generation.
 *
 * @param share of users, 0 to 1
 */
public record Comparison(Generation candidate, double share) {
  /*
   * The unit is the first 8 bytes of SHA-256 of a user's id in UTF-8, or of a request's correlation
   * id; its place is that of SHA-256 of the unit and the candidate's number, 8 bytes each,
   * big-endian. The 53 highest bits of the place, as a fraction, are below the share for those who
   * get the candidate. So every process agrees, and anyone can compute it; a greater share keeps
   * those of a smaller one; and another candidate is tried on other users.
   */
  private static final int LOW_BITS = 11;
  private static final double UNIT = 0x1p-53;

  public Comparison {
    checkShare(share);
  }

  static void checkShare(double share) {
    check(share >= 0 && share <= 1, "share is %s, expected 0 to 1", share);
  }

  /** What stays the same of a user, or of a request: the same in all comparisons. */
  public static long unit(byte[] id) {
    return first8(sha256().digest(id));
  }

  /** What answers this unit. */
  public Arm armOf(long unit) {
    byte[] both =
        ByteBuffer.allocate(2 * Long.BYTES).putLong(unit).putLong(candidate.number()).array();
    double place = (first8(sha256().digest(both)) >>> LOW_BITS) * UNIT;
    return place < share ? Arm.CANDIDATE : Arm.LIVE;
  }

  private static long first8(byte[] digest) {
    return ByteBuffer.wrap(digest).getLong();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
