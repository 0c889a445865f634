package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.ValueSerializer;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.pairs.RecentItems.Visit;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes a {@link UserVisit}: user, item, milliseconds. */
public final class UserVisitSerializer extends ValueSerializer<UserVisit> {
  static final UserVisitSerializer INSTANCE = new UserVisitSerializer();

  @Override
  public void serialize(UserVisit met, DataOutputView out) throws IOException {
    writeText(met.user().value(), out);
    writeText(met.visit().item().value(), out);
    out.writeLong(met.visit().atMillis());
  }

  @Override
  public UserVisit deserialize(DataInputView in) throws IOException {
    UserId user = new UserId(readText(in));
    return new UserVisit(user, new Visit(new ItemId(readText(in)), in.readLong()));
  }

  @Override
  public TypeSerializerSnapshot<UserVisit> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names this serializer in a checkpoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<UserVisit> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
