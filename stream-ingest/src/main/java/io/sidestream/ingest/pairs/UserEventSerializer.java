package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.VersionedSerializer;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.pairs.RecentItems.ItemInteraction;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes a {@link UserEvent}: user, whether there is an interaction, item, milliseconds. */
final class UserEventSerializer extends VersionedSerializer<UserEvent> {
  static final UserEventSerializer INSTANCE = new UserEventSerializer();

  @Override
  protected void write(UserEvent event, DataOutputView out) throws IOException {
    writeText(event.user().value(), out);
    out.writeBoolean(event.interaction().isPresent());
    if (event.interaction().isPresent()) {
      writeText(event.interaction().get().item().value(), out);
      out.writeLong(event.interaction().get().atMillis());
    }
  }

  @Override
  protected UserEvent read(DataInputView in) throws IOException {
    UserId user = new UserId(readText(in));
    return new UserEvent(
        user,
        in.readBoolean()
            ? Optional.of(new ItemInteraction(new ItemId(readText(in)), in.readLong()))
            : Optional.empty());
  }
}
