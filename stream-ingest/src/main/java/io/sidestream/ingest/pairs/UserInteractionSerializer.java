package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.VersionedSerializer;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.pairs.RecentItems.ItemInteraction;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes a {@link UserInteraction}: user, item, milliseconds. */
final class UserInteractionSerializer extends VersionedSerializer<UserInteraction> {
  static final UserInteractionSerializer INSTANCE = new UserInteractionSerializer();

  @Override
  protected void write(UserInteraction event, DataOutputView out) throws IOException {
    writeText(event.user().value(), out);
    writeText(event.interaction().item().value(), out);
    out.writeLong(event.interaction().atMillis());
  }

  @Override
  protected UserInteraction read(DataInputView in) throws IOException {
    UserId user = new UserId(readText(in));
    return new UserInteraction(user, new ItemInteraction(new ItemId(readText(in)), in.readLong()));
  }
}
