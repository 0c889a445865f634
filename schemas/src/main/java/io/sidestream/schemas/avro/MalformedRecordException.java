package io.sidestream.schemas.avro;

import io.sidestream.schemas.ReasonText;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A record that cannot be decoded: it belongs on the rejected topic. */
public final class MalformedRecordException extends Exception {
  /** Reason code; part of the contract. */
  public enum Reason {
    /** The bytes are not a record of a known schema. */
    UNREADABLE,
    /** The value names a schema by an id that the registry does not know. */
    UNKNOWN_SCHEMA,
    /** The bytes are readable, but a value breaks a limit. */
    OUT_OF_RANGE,
    /** The key is missing, or is not the key that the value needs. */
    BAD_KEY,
    /** A null value where the topic is not compacted. */
    UNEXPECTED_TOMBSTONE;

    /** As written into headers, for example {@code out_of_range}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Reason reason;

  /**
   * @param message is shortened where it is long, since it may name what the record holds
   */
  public MalformedRecordException(Reason reason, String message, @Nullable Throwable cause) {
    super(ReasonText.shortened(message), cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
