package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.ValueType;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.pairs.RecentItems.ItemInteraction;

/** A person met an item: what is left of an interaction once only its pairs matter. */
record UserInteraction(UserId user, ItemInteraction visit) {
  static final ValueType<UserInteraction> TYPE =
      new ValueType<>(UserInteraction.class, UserInteractionSerializer.INSTANCE);

  /** Text to place a person's state by. */
  String key() {
    return user.value();
  }
}
