package io.sidestream.chaos;

import io.sidestream.schemas.ItemId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/**
 * What an index says of all items, in one number.
 *
 * @param items that it has
 * @param sha256 over all items in their order, and their IDs
 */
record AssignmentDigest(int items, String sha256) {
  /** Nothing was asked. */
  static final AssignmentDigest NONE = new AssignmentDigest(0, "");

  /** Asks for every item. */
  static AssignmentDigest of(AdminPages index, Collection<ItemId> items) {
    int found = 0;
    MessageDigest digest = newDigest();
    for (ItemId item : items.stream().sorted().toList()) {
      String id = index.idOf(item).orElse("");
      found += id.isEmpty() ? 0 : 1;
      digest.update((item + " " + id + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return new AssignmentDigest(found, HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
