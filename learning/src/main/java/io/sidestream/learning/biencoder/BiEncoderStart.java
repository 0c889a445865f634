package io.sidestream.learning.biencoder;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.vectors.Towers;
import java.util.Optional;

/**
 * What a training begins with beside random draws. Codes are not copied: there is a row for every
 * item.
 *
 * @param codes of the items in an earlier codebook, where clusters begin, shape [row][level]; of
 *     length 0 for an item that it did not have; no rows where there is none
 * @param towers where those of the training begin; empty for {@link TowerInitializer}'s
 */
public record BiEncoderStart(int[][] codes, Optional<Towers> towers) {
  /** A training from its beginning. */
  public static final BiEncoderStart NONE = new BiEncoderStart(new int[0][], Optional.empty());

  /** Codes of that many items, empty ones where there are none. */
  int[][] codes(int items) {
    check(
        codes.length == 0 || codes.length == items,
        "earlier codes of %d items, expected %d or none",
        codes.length,
        items);
    return codes.length == 0 ? new int[items][0] : codes;
  }
}
