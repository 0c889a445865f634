package io.sidestream.index.requests;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.pairs.RecentItems;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Binary format of histories: version (1), count (2), then item and event time of each. */
final class HistoryFormat {
  private static final int VERSION = 1;

  private HistoryFormat() {}

  static Serde<RecentItems> serde() {
    return Serdes.serdeFrom(
        (topic, history) -> history == null ? null : write(history),
        (topic, bytes) -> bytes == null ? null : read(bytes));
  }

  private static byte[] write(RecentItems history) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeShort(history.interactions().size());
      for (RecentItems.ItemInteraction visit : history.interactions()) {
        out.writeUTF(visit.item().value());
        out.writeLong(visit.atMillis());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static RecentItems read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readByte();
      check(version == VERSION, "history has version %d, expected %d", version, VERSION);
      int count = in.readShort();
      List<RecentItems.ItemInteraction> visits = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        visits.add(new RecentItems.ItemInteraction(new ItemId(in.readUTF()), in.readLong()));
      }
      return new RecentItems(visits);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
