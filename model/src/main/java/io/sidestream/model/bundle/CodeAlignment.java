package io.sidestream.model.bundle;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkEqual;

import io.sidestream.schemas.Generation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the codes of a generation took the numbers of its parent's codes.
 *
 * @param parentSha256 hash of the parent's manifest
 * @param skipped why they did not; empty where they did
 * @param sharedItems items of both generations; 0 where skipped
 * @param before what these items keep by the numbers that k-means gave; empty where skipped
 * @param after what they keep in this generation; empty where skipped
 */
public record CodeAlignment(
    Generation parent,
    String parentSha256,
    Optional<String> skipped,
    int sharedItems,
    Optional<Kept> before,
    Optional<Kept> after) {
  public CodeAlignment {
    boolean aligned = skipped.isEmpty();
    check(
        aligned == before.isPresent()
            && aligned == after.isPresent()
            && aligned == (sharedItems > 0),
        "alignment of %d items is skipped (%s), or says what they keep: expected one of both",
        sharedItems,
        skipped.orElse("no"));
  }

  /** Of codes that keep the numbers of k-means. */
  public static CodeAlignment skipped(Generation parent, String parentSha256, String reason) {
    return new CodeAlignment(
        parent, parentSha256, Optional.of(reason), 0, Optional.empty(), Optional.empty());
  }

  /**
   * Shares of the shared items.
   *
   * @param codes that keep their code of each level, coarse to fine
   * @param ids that keep all codes
   */
  public record Kept(List<Double> codes, double ids) {
    public Kept {
      codes = List.copyOf(codes);
      List<Double> all = new ArrayList<>(codes);
      all.add(ids);
      all.forEach(
          share -> check(share >= 0 && share <= 1, "share kept is %s, expected 0 to 1", share));
    }

    /**
     * What items keep.
     *
     * @param codes shape [item][level]
     * @param former likewise; of length 0 for an item that the parent does not have
     * @param levels of an ID
     */
    public static Kept of(int[][] codes, int[][] former, int levels) {
      checkEqual(former.length, codes.length, "former codes of %d items");
      long[] kept = new long[levels];
      long ids = 0;
      long shared = 0;
      for (int row = 0; row < codes.length; row++) {
        if (former[row].length > 0) {
          int equal = 0;
          for (int level = 0; level < levels; level++) {
            int same = codes[row][level] == former[row][level] ? 1 : 0;
            kept[level] += same;
            equal += same;
          }
          ids += equal == levels ? 1 : 0;
          shared++;
        }
      }
      check(shared > 0, "no item is in both generations, expected 1 or more");
      List<Double> shares = new ArrayList<>();
      for (long items : kept) {
        shares.add((double) items / shared);
      }
      return new Kept(shares, (double) ids / shared);
    }
  }
}
