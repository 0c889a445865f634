package io.sidestream.schemas.pairs;

import io.sidestream.schemas.EventId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * An event id in 16 bytes: the beginning of its SHA-256. That two ids of one user share it is less
 * likely than a fault of the memory.
 */
public record EventFingerprint(long high, long low) {
  /** Of an id, which may be long. */
  public static EventFingerprint of(EventId id) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(id.value().getBytes(StandardCharsets.UTF_8));
      ByteBuffer bytes = ByteBuffer.wrap(digest);
      return new EventFingerprint(bytes.getLong(), bytes.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
