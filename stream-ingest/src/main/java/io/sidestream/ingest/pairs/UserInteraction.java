package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.ValueType;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.pairs.RecentItems.ItemInteraction;

/** A user's interaction with an item: the part of the event that pairing needs. */
record UserInteraction(UserId user, ItemInteraction interaction) {
  static final ValueType<UserInteraction> TYPE =
      new ValueType<>(UserInteraction.class, UserInteractionSerializer.INSTANCE);

  /** Key of the user's state. */
  String key() {
    return user.value();
  }
}
