package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.VersionedSerializer;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.pairs.CountedInteraction;
import io.sidestream.schemas.pairs.RecentItems.ItemInteraction;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializes a {@link UserEvent}: user, whether there is an interaction; item, milliseconds, weight
 * and fingerprint.
 */
final class UserEventSerializer extends VersionedSerializer<UserEvent> {
  static final UserEventSerializer INSTANCE = new UserEventSerializer();

  /** Every interaction weighed 1 and had no id. */
  private static final int FIRST_LAYOUT = 1;

  private UserEventSerializer() {
    super(FIRST_LAYOUT + 1);
  }

  @Override
  protected void write(UserEvent event, DataOutputView out) throws IOException {
    writeText(event.user().value(), out);
    out.writeBoolean(event.interaction().isPresent());
    if (event.interaction().isPresent()) {
      CountedInteraction counted = event.interaction().get();
      writeText(counted.interaction().item().value(), out);
      out.writeLong(counted.interaction().atMillis());
      out.writeByte(counted.weight());
      EventFingerprints.writeOptional(counted.id(), out);
    }
  }

  @Override
  protected UserEvent read(DataInputView in) throws IOException {
    UserId user = new UserId(readText(in));
    return new UserEvent(
        user,
        in.readBoolean()
            ? Optional.of(
                new CountedInteraction(
                    interaction(in), in.readByte(), EventFingerprints.readOptional(in)))
            : Optional.empty());
  }

  @Override
  protected UserEvent read(int earlier, DataInputView in) throws IOException {
    UserId user = new UserId(readText(in));
    return new UserEvent(
        user,
        in.readBoolean()
            ? Optional.of(new CountedInteraction(interaction(in), 1))
            : Optional.empty());
  }

  private static ItemInteraction interaction(DataInputView in) throws IOException {
    return new ItemInteraction(new ItemId(readText(in)), in.readLong());
  }
}
