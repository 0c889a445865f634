package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.ValueSerializer;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.pairs.RecentItems.ItemInteraction;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes a {@link UserInteraction}: user, item, milliseconds. */
public final class UserInteractionSerializer extends ValueSerializer<UserInteraction> {
  static final UserInteractionSerializer INSTANCE = new UserInteractionSerializer();

  @Override
  public void serialize(UserInteraction met, DataOutputView out) throws IOException {
    writeText(met.user().value(), out);
    writeText(met.visit().item().value(), out);
    out.writeLong(met.visit().atMillis());
  }

  @Override
  public UserInteraction deserialize(DataInputView in) throws IOException {
    UserId user = new UserId(readText(in));
    return new UserInteraction(user, new ItemInteraction(new ItemId(readText(in)), in.readLong()));
  }

  @Override
  public TypeSerializerSnapshot<UserInteraction> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names this serializer in a checkpoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<UserInteraction> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
