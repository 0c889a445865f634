package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.ValueType;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.pairs.CountedInteraction;
import java.util.Optional;

/**
 * An event of a user: the part of an interaction that pairing needs, or the user's erasure.
 *
 * @param interaction empty when the user is erased
 */
record UserEvent(UserId user, Optional<CountedInteraction> interaction) {
  static final ValueType<UserEvent> TYPE =
      new ValueType<>(UserEvent.class, UserEventSerializer.INSTANCE);

  /** Key of the user's state. */
  String key() {
    return user.value();
  }
}
