package io.sidestream.index.requests;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.pairs.CountedInteraction;
import io.sidestream.schemas.pairs.EventFingerprint;
import io.sidestream.schemas.pairs.RecentEvents;
import io.sidestream.schemas.pairs.RecentItems;
import io.sidestream.schemas.pairs.RecentItems.ItemInteraction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * Binary formats of histories: version (1), count (2), then item and event time of each; in the
 * second version count (2) and item of the disliked ones, count (2) and fingerprint (16) of events.
 * And of one interaction: version (1), item and event time, or neither where the user is erased; in
 * the second version weight (1), and the fingerprint (16) of an event with an id. The first version
 * is written where it holds all, so that earlier processes read it.
 */
final class HistoryFormat {
  private static final int FIRST = 1;
  private static final int SECOND = 2;

  @FunctionalInterface
  private interface Writer {
    void write(DataOutputStream out) throws IOException;
  }

  @FunctionalInterface
  private interface Reader<T> {
    T read(DataInputStream in) throws IOException;
  }

  private HistoryFormat() {}

  static Serde<UserHistory> serde() {
    return Serdes.serdeFrom(
        (topic, history) -> history == null ? null : write(out -> write(history, out)),
        (topic, bytes) -> bytes == null ? null : read(bytes, HistoryFormat::readHistory));
  }

  static Serde<Optional<CountedInteraction>> interactionSerde() {
    return Serdes.serdeFrom(
        (topic, interaction) ->
            interaction
                .map(each -> write(out -> write(each, out)))
                .orElseGet(() -> write(out -> out.writeByte(FIRST))),
        (topic, bytes) -> read(bytes, HistoryFormat::readCounted));
  }

  private static void write(CountedInteraction event, DataOutputStream out) throws IOException {
    boolean plain = event.weight() == 1 && event.id().isEmpty();
    out.writeByte(plain ? FIRST : SECOND);
    write(event.interaction(), out);
    if (!plain) {
      out.writeByte(event.weight());
    }
    if (event.id().isPresent()) {
      write(event.id().get(), out);
    }
  }

  private static Optional<CountedInteraction> readCounted(DataInputStream in) throws IOException {
    int version = version("interaction", in);
    if (in.available() == 0) {
      return Optional.empty();
    }
    ItemInteraction interaction = readInteraction(in);
    int weight = version == FIRST ? 1 : in.readByte();
    Optional<EventFingerprint> id =
        in.available() == 0
            ? Optional.empty()
            : Optional.of(new EventFingerprint(in.readLong(), in.readLong()));
    return Optional.of(new CountedInteraction(interaction, weight, id));
  }

  private static void write(UserHistory history, DataOutputStream out) throws IOException {
    List<ItemInteraction> recent = history.recent().interactions();
    boolean plain = history.isPlain();
    out.writeByte(plain ? FIRST : SECOND);
    out.writeShort(recent.size());
    for (ItemInteraction interaction : recent) {
      write(interaction, out);
    }
    if (!plain) {
      out.writeShort(history.disliked().size());
      for (ItemId item : history.disliked()) {
        out.writeUTF(item.value());
      }
      out.writeShort(history.events().events().size());
      for (EventFingerprint event : history.events().events()) {
        write(event, out);
      }
    }
  }

  private static void write(ItemInteraction interaction, DataOutputStream out) throws IOException {
    out.writeUTF(interaction.item().value());
    out.writeLong(interaction.atMillis());
  }

  private static UserHistory readHistory(DataInputStream in) throws IOException {
    int version = version("history", in);
    int count = in.readShort();
    List<ItemInteraction> interactions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      interactions.add(readInteraction(in));
    }
    RecentItems recent = new RecentItems(interactions);
    return version == FIRST
        ? new UserHistory(recent, List.of(), RecentEvents.NONE)
        : new UserHistory(recent, readItems(in), new RecentEvents(readEvents(in)));
  }

  private static List<EventFingerprint> readEvents(DataInputStream in) throws IOException {
    int count = in.readShort();
    List<EventFingerprint> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      events.add(new EventFingerprint(in.readLong(), in.readLong()));
    }
    return events;
  }

  private static void write(EventFingerprint event, DataOutputStream out) throws IOException {
    out.writeLong(event.high());
    out.writeLong(event.low());
  }

  private static List<ItemId> readItems(DataInputStream in) throws IOException {
    int count = in.readShort();
    List<ItemId> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      items.add(new ItemId(in.readUTF()));
    }
    return items;
  }

  private static ItemInteraction readInteraction(DataInputStream in) throws IOException {
    return new ItemInteraction(new ItemId(in.readUTF()), in.readLong());
  }

  private static int version(String kind, DataInputStream in) throws IOException {
    int version = in.readByte();
    check(
        version >= FIRST && version <= SECOND,
        "%s has version %d, expected %d to %d",
        kind,
        version,
        FIRST,
        SECOND);
    return version;
  }

  private static byte[] write(Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      writer.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static <T> T read(byte[] bytes, Reader<T> reader) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return reader.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
