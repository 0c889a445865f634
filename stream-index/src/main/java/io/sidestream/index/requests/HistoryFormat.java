package io.sidestream.index.requests;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.ItemId;
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
 * Binary formats of histories: version (1), count (2), then item and event time of each; and of one
 * interaction: version (1), item and event time, or neither where the user is erased.
 */
final class HistoryFormat {
  private static final int VERSION = 1;

  @FunctionalInterface
  private interface Writer {
    void write(DataOutputStream out) throws IOException;
  }

  @FunctionalInterface
  private interface Reader<T> {
    T read(DataInputStream in) throws IOException;
  }

  private HistoryFormat() {}

  static Serde<RecentItems> serde() {
    return Serdes.serdeFrom(
        (topic, history) -> history == null ? null : write(out -> write(history, out)),
        (topic, bytes) -> bytes == null ? null : read(bytes, HistoryFormat::readHistory));
  }

  static Serde<Optional<ItemInteraction>> interactionSerde() {
    return Serdes.serdeFrom(
        (topic, interaction) ->
            write(
                out -> {
                  out.writeByte(VERSION);
                  if (interaction.isPresent()) {
                    write(interaction.get(), out);
                  }
                }),
        (topic, bytes) ->
            read(
                bytes,
                in -> {
                  checkVersion("interaction", in);
                  return in.available() == 0 ? Optional.empty() : Optional.of(readInteraction(in));
                }));
  }

  private static void write(RecentItems history, DataOutputStream out) throws IOException {
    out.writeByte(VERSION);
    out.writeShort(history.interactions().size());
    for (ItemInteraction interaction : history.interactions()) {
      write(interaction, out);
    }
  }

  private static void write(ItemInteraction interaction, DataOutputStream out) throws IOException {
    out.writeUTF(interaction.item().value());
    out.writeLong(interaction.atMillis());
  }

  private static RecentItems readHistory(DataInputStream in) throws IOException {
    checkVersion("history", in);
    int count = in.readShort();
    List<ItemInteraction> interactions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      interactions.add(readInteraction(in));
    }
    return new RecentItems(interactions);
  }

  private static ItemInteraction readInteraction(DataInputStream in) throws IOException {
    return new ItemInteraction(new ItemId(in.readUTF()), in.readLong());
  }

  private static void checkVersion(String kind, DataInputStream in) throws IOException {
    int version = in.readByte();
    check(version == VERSION, "%s has version %d, expected %d", kind, version, VERSION);
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
