package io.sidestream.ingest.flow;

import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.avro.MalformedRecordException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads the key of an {@link InboundRecord}, which is UTF-8 text on every topic. */
public final class Keys {
  private Keys() {}

  /** The key's text. */
  public static String text(InboundRecord arrival) throws MalformedRecordException {
    if (arrival.key().isEmpty()) {
      throw bad("record of " + arrival.topic() + " has no key, expected one", null);
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(arrival.key().get());
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw bad("key of a record of " + arrival.topic() + " is not UTF-8 text", e);
    }
  }

  /** Holds the key to the one that the value needs. */
  public static void require(InboundRecord arrival, String expected)
      throws MalformedRecordException {
    String found = text(arrival);
    if (!found.equals(expected)) {
      throw bad("key is \"" + found + "\", expected \"" + expected + "\"", null);
    }
  }

  private static MalformedRecordException bad(String message, Throwable cause) {
    return new MalformedRecordException(Reason.BAD_KEY, message, cause);
  }
}
