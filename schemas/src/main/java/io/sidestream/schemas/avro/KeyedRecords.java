package io.sidestream.schemas.avro;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.WriterSchemas;
import io.sidestream.schemas.avro.MalformedRecordException.Reason;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decodes records whose key and value must agree: the one rule of all readers. */
public final class KeyedRecords {
  private KeyedRecords() {}

  /** An item, whose key must be its id: by it the topic is compacted. */
  public static Item item(byte @Nullable [] key, byte @Nullable [] value, WriterSchemas schemas)
      throws MalformedRecordException {
    Item item = present(Codecs.item(), value, schemas);
    requireKey(key, item.id().value());
    return item;
  }

  /** The id of an item that was removed. */
  public static ItemId removedItem(byte @Nullable [] key) throws MalformedRecordException {
    return id(ItemId::new, key);
  }

  /**
   * An interaction, whose key must be its user: only then do a user's events lie in one partition,
   * in an order that every read gives again.
   */
  public static Interaction interaction(
      byte @Nullable [] key, byte @Nullable [] value, WriterSchemas schemas)
      throws MalformedRecordException {
    Interaction interaction = present(Codecs.interaction(), value, schemas);
    requireKey(key, interaction.user().value());
    return interaction;
  }

  /**
   * The user that a record without a value erases, on the topic of interactions or searches: the
   * user's events before it in its partition must not be used any more.
   */
  public static UserId erasedUser(byte @Nullable [] key) throws MalformedRecordException {
    return id(UserId::new, key);
  }

  /** The decoded value, where a null is no tombstone. */
  public static <T> T present(Codec<T> codec, byte @Nullable [] value)
      throws MalformedRecordException {
    return codec.decode(required(value));
  }

  /** Likewise, of a value that may name its schema by an id. */
  public static <T> T present(InputFormat<T> format, byte @Nullable [] value, WriterSchemas schemas)
      throws MalformedRecordException {
    return format.decode(required(value), schemas);
  }

  private static byte[] required(byte @Nullable [] value) throws MalformedRecordException {
    if (value == null) {
      throw new MalformedRecordException(
          Reason.UNEXPECTED_TOMBSTONE, "record has no value, expected one", null);
    }
    return value;
  }

  /** The id in a key, whichever form the producer gave it. */
  public static String keyText(byte @Nullable [] key) throws MalformedRecordException {
    return KeyText.of(key);
  }

  /** The key that is written for an id, from which readers take the same id. */
  public static byte[] key(String id) {
    return KeyText.bytes(id);
  }

  /** Rejects a key other than the one that the value needs. */
  public static void requireKey(byte @Nullable [] key, String expected)
      throws MalformedRecordException {
    String found = keyText(key);
    if (!found.equals(expected)) {
      throw KeyText.bad("key is \"" + found + "\", expected \"" + expected + "\"", null);
    }
  }

  private static <T> T id(Function<String, T> id, byte @Nullable [] key)
      throws MalformedRecordException {
    try {
      return id.apply(keyText(key));
    } catch (IllegalArgumentException e) {
      throw KeyText.bad(ReasonText.of(e), e);
    }
  }
}
